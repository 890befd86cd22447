package demo;

class Iterable {}
