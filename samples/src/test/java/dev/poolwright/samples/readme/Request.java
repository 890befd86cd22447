package dev.poolwright.samples.readme;

/** What belongs to the request that a thread serves. */
final class Request {

  static final ThreadLocal<String> USER = new ThreadLocal<>();

  private Request() {}
}
