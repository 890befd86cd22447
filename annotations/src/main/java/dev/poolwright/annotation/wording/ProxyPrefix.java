package dev.poolwright.annotation.wording;

/** The prefix of the names of generated proxies. */
public final class ProxyPrefix {

  /** As in {@code AsyncCrawler}. */
  public static final String TEXT = "Async";

  private ProxyPrefix() {}

  /**
   * Whether a class may be a proxy, by its name.
   *
   * @param className with its package
   * @return whether its simple name begins so
   */
  public static boolean has(String className) {
    return className.startsWith(TEXT, className.lastIndexOf('.') + 1);
  }
}
