package demo;

public record Summary(String text) {}
