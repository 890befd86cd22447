package dev.poolwright.processor.model;

import java.util.regex.Pattern;

/** The rule for names of pools, which the runtime keeps as well. */
public final class PoolName {

  /** The rule in words. */
  public static final String RULE = "1 to 64 letters, digits, dots, hyphens and underscores";

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private PoolName() {}

  public static boolean isLegal(String name) {
    return LEGAL.matcher(name).matches();
  }
}
