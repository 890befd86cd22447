package dev.poolwright.context;

/** Which libraries there are. */
final class Libraries {

  private Libraries() {}

  /** Whether a class can be loaded where these carriers are. */
  static boolean has(String className) {
    try {
      Class<?> unused = Class.forName(className, false, Libraries.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
