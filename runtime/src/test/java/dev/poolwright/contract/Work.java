package dev.poolwright.contract;

/** What tasks of every kind of pool do; static, so that it runs in any JVM. */
final class Work {

  private Work() {}

  static int power(int base, int exponent) {
    int product = 1;
    for (int i = 0; i < exponent; i++) {
      product *= base;
    }
    return product;
  }

  static int fail(String message) {
    throw new IllegalArgumentException(message);
  }

  static int overflow(int depth) {
    return depth < 0 ? 0 : overflow(depth + 1) + 1;
  }

  /** Nothing about it can be asked. */
  static final class MuteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }

    @Override
    public boolean equals(Object other) {
      return false;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
