package demo;

public record Page(String url) {}
