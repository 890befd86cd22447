package dev.poolwright.processor;

import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;

/**
 * A user's documentation comment as it holds for the generated method: links become code, since
 * their names may mean nothing in the generated file; what is thrown and returned goes to the task.
 */
final class UserJavadoc {

  private static final Pattern LINK =
      Pattern.compile(
          "\\{@(?:link|linkplain|value)\\s+#?([^}\\s(]+(?:\\([^)]*\\))?)(?:\\s+([^}]*))?}");
  private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*(?=@\\w)");
  private static final List<String> KEPT = List.of("@param ", "@deprecated ");

  private UserJavadoc() {}

  /** Paragraphs and tags to follow the generated first sentence; empty when there are none. */
  static String of(Elements elements, Element method) {
    String comment = elements.getDocComment(method);
    if (comment == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    StringBuilder tags = new StringBuilder();
    for (String part : BLOCK.split(withoutLinks(comment.replace("{@inheritDoc}", "")), -1)) {
      String block = part.strip().replaceAll("\\n[ \\t]+", "\n    ");
      if (KEPT.stream().anyMatch(block::startsWith)) {
        tags.append(block).append('\n');
      } else if (block.startsWith("@return ")) {
        tags.append("@return a task: ").append(block.substring(8)).append('\n');
      } else if (!block.startsWith("@") && !block.isEmpty()) {
        text.append(block.startsWith("<") ? "\n" : "\n<p>")
            .append(part.strip().replaceAll("\\n ", "\n"))
            .append('\n');
      }
    }
    return text + (tags.isEmpty() ? "" : "\n" + tags);
  }

  private static String withoutLinks(String comment) {
    return LINK.matcher(comment)
        .replaceAll(
            link ->
                java.util.regex.Matcher.quoteReplacement(
                    link.group(2) == null ? "{@code " + link.group(1) + "}" : link.group(2)));
  }
}
