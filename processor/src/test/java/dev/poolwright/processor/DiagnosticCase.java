package dev.poolwright.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One case of diagnostics.txt.
 *
 * @param tag what it shows
 * @param code a member of class Probed; lines with {@code |} before them are beside the class
 * @param messages without their tags, in the order of the marks in the code
 * @param isNearMiss whether nothing may be said
 */
record DiagnosticCase(String tag, String code, List<String> messages, boolean isNearMiss) {

  static final Path FILE = Path.of("src/test/resources/diagnostics.txt");

  DiagnosticCase {
    messages = List.copyOf(messages);
  }

  static List<DiagnosticCase> all() throws IOException {
    List<DiagnosticCase> all = new ArrayList<>();
    String tag = "";
    List<String> code = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    boolean isNear = false;
    for (String line : Files.readAllLines(FILE)) {
      boolean isMessage = line.startsWith(">");
      boolean isNext = !isMessage && !line.startsWith("|");
      if (isNext && !code.isEmpty()) {
        all.add(new DiagnosticCase(tag, String.join("\n", code), messages, isNear));
        code.clear();
        messages.clear();
      }
      if (line.startsWith("## ")) {
        tag = line.substring(3);
      } else if (isMessage) {
        messages.add(line.substring(1).strip());
      } else if (!line.isBlank() && !tag.isEmpty()) {
        isNear = line.startsWith("~ ") || (isNear && !isNext);
        code.add(line.startsWith("~ ") ? line.substring(2) : line);
      }
    }
    all.add(new DiagnosticCase(tag, String.join("\n", code), messages, isNear));
    return all;
  }

  /** The class around the code. */
  String source(String imports) {
    StringBuilder inside = new StringBuilder();
    StringBuilder beside = new StringBuilder();
    code.lines()
        .forEach(
            line ->
                (line.startsWith("|") ? beside : inside)
                    .append(line.startsWith("|") ? line.substring(1) : "  " + line)
                    .append('\n'));
    return imports + "class Probed {\n" + inside + "}\n" + beside;
  }

  @Override
  public String toString() {
    return tag + (isNearMiss ? " not of: " : " of: ") + code;
  }
}
