package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;

/**
 * The text of a generated file: short comments and annotations on one line, no empty lines between
 * fields or in empty bodies.
 */
final class GeneratedText {

  private static final int WIDTH = 100;

  private static final Pattern SHORT =
      Pattern.compile("(?m)^( *)/\\*\\*\\n *\\* (.{1,91})\\n *\\*/$");

  private static final Pattern FIELDS =
      Pattern.compile("(?m)^(  private final .*;\\n)\\n(?=  private final )");

  private static final Pattern ANNOTATION =
      Pattern.compile("(?m)^( *@\\w+\\(\\{?)\\n((?: +[\\w\"].*\\n)+) *(}?\\))$");

  private static final Pattern EMPTY = Pattern.compile("\\{\\n *}\\n");

  private GeneratedText() {}

  /** Writes a file that comes from one element. */
  static void write(JavaFile file, Filer filer, Element origin) throws IOException {
    String inPackage = file.packageName().isEmpty() ? "" : file.packageName() + ".";
    try (Writer out =
        filer.createSourceFile(inPackage + file.typeSpec().name(), origin).openWriter()) {
      out.write(of(file));
    }
  }

  private static String onOneLine(MatchResult comment) {
    return ifShort(comment.group(1) + "/** " + comment.group(2) + " */", comment.group());
  }

  private static String joined(MatchResult annotation) {
    String values = annotation.group(2).lines().map(String::strip).collect(joining(" "));
    return ifShort(annotation.group(1) + values + annotation.group(3), annotation.group());
  }

  private static String ifShort(String line, String otherwise) {
    return Matcher.quoteReplacement(line.length() <= WIDTH ? line : otherwise);
  }

  static String of(JavaFile file) {
    String text = SHORT.matcher(file.toString()).replaceAll(GeneratedText::onOneLine);
    text = ANNOTATION.matcher(text).replaceAll(GeneratedText::joined);
    return EMPTY.matcher(FIELDS.matcher(text).replaceAll("$1")).replaceAll("{}\n");
  }
}
