package dev.poolwright.processor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Random changes of sources: tokens and lines deleted, doubled, swapped or replaced. */
final class Mutations {

  private static final Pattern TOKEN = Pattern.compile("\\w+|\"[^\"\n]*\"|[^\\s\\w]");
  private static final List<String> TOKENS =
      List.of(
          "@",
          "(",
          ")",
          "{",
          "}",
          "<",
          ">",
          ",",
          ";",
          "=",
          "?",
          "extends",
          "class",
          "Missing",
          "void",
          "int",
          "null",
          "record",
          "static",
          "@Async",
          "@Callback",
          "\"io\"",
          "@ThreadPool",
          "PoolKind.PROCESS",
          "...",
          "[]",
          "this",
          "Crawler",
          "interface",
          "0",
          "private");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  /** One of the cases, with one to four changes in its files. */
  List<String> of(List<List<String>> cases) {
    List<String> sources = new ArrayList<>(cases.get(random.nextInt(cases.size())));
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int file = random.nextInt(sources.size());
      sources.set(
          file, random.nextInt(4) == 0 ? line(sources.get(file)) : token(sources.get(file)));
    }
    return sources;
  }

  private String line(String code) {
    List<String> lines = new ArrayList<>(Arrays.asList(code.split("\n", -1)));
    change(lines);
    return String.join("\n", lines);
  }

  private String token(String code) {
    List<MatchResult> found = TOKEN.matcher(code).results().toList();
    if (found.isEmpty()) {
      return code;
    }
    int chosen = random.nextInt(found.size());
    MatchResult token = found.get(chosen);
    MatchResult next = found.get(Math.min(chosen + 1, found.size() - 1));
    String before = code.substring(0, token.start());
    String other = " " + TOKENS.get(random.nextInt(TOKENS.size())) + " ";
    return switch (random.nextInt(5)) {
      case 0 -> before + code.substring(token.end());
      case 1 -> before + token.group() + " " + code.substring(token.start());
      case 2 ->
          before
              + next.group()
              + code.substring(token.end(), Math.max(token.end(), next.start()))
              + token.group()
              + code.substring(next.end());
      case 3 -> before + other + code.substring(token.start());
      default -> before + other + code.substring(token.end());
    };
  }

  private void change(List<String> lines) {
    int chosen = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(chosen);
      case 1 -> lines.add(chosen, lines.get(chosen));
      default -> {
        int other = random.nextInt(lines.size());
        lines.set(chosen, lines.set(other, lines.get(chosen)));
      }
    }
  }
}
