package demo;

class Task {}
