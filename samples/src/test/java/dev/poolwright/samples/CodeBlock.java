package dev.poolwright.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java in a document.
 *
 * @param line where it begins, from 1
 * @param source the end of the path of the source that it shows
 * @param lines without indentation and empty ones
 */
record CodeBlock(int line, String source, List<String> lines) {

  private static final Pattern NAME = Pattern.compile("<!-- code: (\\S+) -->");
  private static final String FENCE = "```";

  static List<CodeBlock> in(Path document) throws IOException {
    List<String> text = Files.readAllLines(document).stream().map(String::strip).toList();
    List<CodeBlock> blocks = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      if (text.get(i).equals(FENCE + "java")) {
        int end = i + 1 + text.subList(i + 1, text.size()).indexOf(FENCE);
        List<String> lines =
            text.subList(i + 1, end).stream().filter(line -> !line.isEmpty()).toList();
        blocks.add(new CodeBlock(i + 1, source(document, i, text), lines));
        i = end;
      }
    }
    return blocks;
  }

  private static String source(Path document, int index, List<String> text) {
    Matcher name = NAME.matcher(index == 0 ? "" : text.get(index - 1));
    if (!name.matches()) {
      throw new AssertionError(
          document + ", line " + (index + 1) + ": say before the block where its code is compiled");
    }
    return name.group(1);
  }
}
