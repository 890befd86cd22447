package demo;

import java.io.Serializable;

public record Summary(String text) implements Serializable {}
