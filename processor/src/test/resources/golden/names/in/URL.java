package demo;

class URL {}
