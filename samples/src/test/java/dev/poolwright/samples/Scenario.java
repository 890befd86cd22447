package dev.poolwright.samples;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test whose display name begins with the number of a scenario.
 *
 * @param number of the scenario
 * @param text what happens
 * @param test simple name of the class
 */
record Scenario(int number, String text, String test) {

  private static final Pattern DISPLAY_NAME =
      Pattern.compile("@DisplayName\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)\\)");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NUMBERED = Pattern.compile("(\\d+(?:, ?\\d+)*): (.*)");

  /** Every one in this repository, by number. */
  static List<Scenario> all() throws IOException {
    List<Scenario> scenarios = new ArrayList<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          scenarios.addAll(in(file));
        }
      }
    }
    scenarios.sort(
        Comparator.comparingInt(Scenario::number)
            .thenComparing(Scenario::test)
            .thenComparing(Scenario::text));
    return scenarios;
  }

  String row() {
    return "| " + number + " | " + text.replace("|", "\\|") + " | `" + test + "` |";
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> directories = Files.list(Repository.root())) {
      return directories.filter(path -> Files.isDirectory(path.resolve("src/test/java"))).toList();
    }
  }

  private static List<Scenario> in(Path file) throws IOException {
    String test = String.valueOf(file.getFileName()).replace(".java", "");
    List<Scenario> scenarios = new ArrayList<>();
    for (MatchResult found : DISPLAY_NAME.matcher(Files.readString(file)).results().toList()) {
      String text =
          LITERAL.matcher(found.group(1)).results().map(part -> part.group(1)).collect(joining());
      for (MatchResult parts : NUMBERED.matcher(text).results().toList()) {
        for (String number : parts.group(1).split(", ?", -1)) {
          scenarios.add(
              new Scenario(Integer.parseInt(number), parts.group(2).replace("\\", ""), test));
        }
      }
    }
    return scenarios;
  }
}
