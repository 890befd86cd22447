package dev.poolwright.processor;

import com.palantir.javapoet.JavaFile;
import java.util.regex.Pattern;

/** The text of a generated file: short comments on one line, no empty lines between fields. */
final class GeneratedText {

  private static final Pattern SHORT =
      Pattern.compile("(?m)^( *)/\\*\\*\\n *\\* (.{1,86})\\n *\\*/$");

  private static final Pattern FIELDS =
      Pattern.compile("(?m)^(  private final .*;\\n)\\n(?=  private final )");

  private GeneratedText() {}

  static String of(JavaFile file) {
    String text = SHORT.matcher(file.toString()).replaceAll("$1/** $2 */");
    return FIELDS.matcher(text).replaceAll("$1");
  }
}
