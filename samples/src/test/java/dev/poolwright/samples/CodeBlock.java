package dev.poolwright.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java in a document, less those that show a whole file of the examples.
 *
 * @param line where it begins, from 1
 * @param source the end of the path of the source that it shows
 * @param lines without indentation and empty ones
 */
record CodeBlock(int line, String source, List<String> lines) {

  private static final Pattern NAME = Pattern.compile("<!-- code: (\\S+) -->");
  private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->");
  private static final Pattern IN_JAVADOC =
      Pattern.compile("<pre>\\{@code(.*?)\n *\\* }</pre>", Pattern.DOTALL);
  private static final String FENCE = "```";

  static List<CodeBlock> in(Path document) throws IOException {
    List<String> text = Files.readAllLines(document).stream().map(String::strip).toList();
    List<CodeBlock> blocks = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      if (text.get(i).equals(FENCE + "java") && !FILE.matcher(before(text, i)).matches()) {
        int end = i + 1 + text.subList(i + 1, text.size()).indexOf(FENCE);
        List<String> lines =
            text.subList(i + 1, end).stream().filter(line -> !line.isEmpty()).toList();
        blocks.add(new CodeBlock(i + 1, source(document, i, text), lines));
        i = end;
      }
    }
    return blocks;
  }

  /** The blocks that the Javadoc of a source shows, each as one line. */
  static List<String> inJavadoc(Path source) throws IOException {
    return IN_JAVADOC
        .matcher(Files.readString(source))
        .results()
        .map(block -> oneLine(block.group(1).replaceAll("\n *\\*", "\n")))
        .toList();
  }

  /** Code as one line, however it was broken into lines. */
  static String oneLine(String code) {
    return code.replaceAll("\\s+", " ").replace(" .", ".").strip();
  }

  /** The blocks of a document that show a whole file each: the path of the file, and the block. */
  static Map<String, String> files(Path document) throws IOException {
    List<String> text = Files.readAllLines(document);
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < text.size(); i++) {
      Matcher file = FILE.matcher(text.get(i));
      if (file.matches()) {
        List<String> rest = text.subList(i + 2, text.size());
        files.put(file.group(1), String.join("\n", rest.subList(0, rest.indexOf(FENCE))) + "\n");
      }
    }
    return files;
  }

  private static String before(List<String> text, int index) {
    return index == 0 ? "" : text.get(index - 1);
  }

  private static String source(Path document, int index, List<String> text) {
    Matcher name = NAME.matcher(before(text, index));
    if (!name.matches()) {
      throw new AssertionError(
          document + ", line " + (index + 1) + ": say before the block where its code is compiled");
    }
    return name.group(1);
  }
}
