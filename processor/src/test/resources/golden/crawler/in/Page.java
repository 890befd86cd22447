package demo;

import java.io.Serializable;

public record Page(String url) implements Serializable {}
