package dev.poolwright.processor.write;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.JavaFile;
import java.util.List;

/**
 * The text of a generated file: short comments and annotations on one line, no empty lines between
 * fields or in empty bodies.
 */
final class GeneratedText {

  private static final int WIDTH = 100;

  private static final String FIELD = "  private final ";

  private final List<String> lines;

  private GeneratedText(List<String> lines) {
    this.lines = lines;
  }

  static String of(JavaFile file) {
    return new GeneratedText(file.toString().lines().toList()).joined();
  }

  private String joined() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < lines.size()) {
      int end = end(at);
      if (!isBetweenFields(at)) {
        text.append(lineOf(at, end)).append('\n');
      }
      at = end + 1;
    }
    return text.toString();
  }

  /** The last of the lines that may become one with a line. */
  private int end(int at) {
    String line = lines.get(at);
    if (line.endsWith("{") && is(at + 1, "}")) {
      return at + 1;
    }
    if (line.endsWith("/**") && is(at + 2, "*/") && lines.get(at + 1).contains("* ")) {
      return at + 2;
    }
    boolean isAnnotation = line.endsWith("(") || line.endsWith("({");
    return isAnnotation && line.stripLeading().startsWith("@") ? endOfAnnotation(at) : at;
  }

  private int endOfAnnotation(int at) {
    int end = at + 1;
    while (end < lines.size() && !is(end, ")") && !is(end, "})")) {
      end++;
    }
    return end < lines.size() ? end : at;
  }

  private boolean is(int at, String text) {
    return at < lines.size() && lines.get(at).strip().equals(text);
  }

  /** Some lines as one, where that is short enough. */
  private String lineOf(int at, int end) {
    String first = lines.get(at);
    if (end == at) {
      return first;
    }
    String last = lines.get(end).strip();
    String between = lines.subList(at + 1, end).stream().map(String::strip).collect(joining(" "));
    String line =
        first.endsWith("/**") ? first + between.substring(1) + " " + last : first + between + last;
    return line.length() <= WIDTH ? line : String.join("\n", lines.subList(at, end + 1));
  }

  private boolean isBetweenFields(int at) {
    return lines.get(at).isEmpty()
        && at > 0
        && at + 1 < lines.size()
        && lines.get(at - 1).startsWith(FIELD)
        && lines.get(at + 1).startsWith(FIELD);
  }
}
