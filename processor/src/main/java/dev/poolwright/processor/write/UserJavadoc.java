package dev.poolwright.processor.write;

import java.lang.reflect.Method;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;

/**
 * A user's documentation comment as it holds for the generated method: links become code, since
 * their names may mean nothing in the generated file; what is thrown and returned goes to the task.
 * A comment in Markdown becomes text, of which only the paragraphs are left.
 */
final class UserJavadoc {

  private static final Pattern LINK =
      Pattern.compile(
          "\\{@(?:link|linkplain|value)\\s+#?([^}\\s(]+(?:\\([^)]*\\))?)(?:\\s+([^}]*))?}");
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@[^{}]*}");
  private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*(?=@\\w)");
  private static final List<String> KEPT = List.of("@param ", "@deprecated ");

  /** The backslash of what would be a Unicode escape, with the pairs of backslashes before it. */
  private static final Pattern ESCAPE = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\(?=u)");

  private UserJavadoc() {}

  /** Paragraphs and tags to follow the generated first sentence; empty when there are none. */
  static String of(Elements elements, Element method) {
    String comment = elements.getDocComment(method);
    if (comment == null) {
      return "";
    }
    String own = withoutLinks(comment.replace("{@inheritDoc}", ""));
    StringBuilder text = new StringBuilder();
    StringBuilder tags = new StringBuilder();
    for (String part : BLOCK.split(isMarkdown(elements, method) ? asHtml(own) : own, -1)) {
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
    return inComment(text + (tags.isEmpty() ? "" : "\n" + tags));
  }

  /** A text as it may stand in a comment: it neither ends the comment nor has Unicode escapes. */
  static String inComment(String text) {
    return ESCAPE.matcher(text).replaceAll("$1&#92;").replace("*/", "*&#47;");
  }

  private static String withoutLinks(String comment) {
    return LINK.matcher(comment)
        .replaceAll(
            link ->
                Matcher.quoteReplacement(
                    link.group(2) == null ? "{@code " + link.group(1) + "}" : link.group(2)));
  }

  /** Whether the lines of a comment begin with three slashes, which JDK 23 knows first. */
  private static boolean isMarkdown(Elements elements, Element method) {
    try {
      Method kind = Elements.class.getMethod("getDocCommentKind", Element.class);
      return "END_OF_LINE".equals(String.valueOf(kind.invoke(elements, method)));
    } catch (ReflectiveOperationException older) {
      return false;
    }
  }

  /** Markdown as it is written, but for its inline tags, which mean the same. */
  private static String asHtml(String markdown) {
    StringBuilder html = new StringBuilder();
    int end = 0;
    for (MatchResult tag : INLINE_TAG.matcher(markdown).results().toList()) {
      html.append(escaped(markdown.substring(end, tag.start()))).append(tag.group());
      end = tag.end();
    }
    return html.append(escaped(markdown.substring(end))).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("\\n[ \\t]*\\n(?=\\s*[^@\\s])", "\n\n<p>");
  }
}
