package dev.poolwright.processor.report;

import static java.util.stream.Collectors.toCollection;

import dev.poolwright.annotation.wording.NearestName;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What {@code -Apoolwright.lint} makes of the warnings.
 *
 * <p><b>Shape:</b> entries separated by commas, a later one wins: {@code all}, {@code none}, {@code
 * AsyncTag}, {@code -AsyncTag}, and either with {@code =error}, {@code =warning} or {@code =off}.
 * Without the option every warning is on. Errors stay errors.
 */
public final class LintOption {

  /** The option's name, without {@code -A}. */
  public static final String NAME = DiagnosticId.LINT_OPTION;

  private static final String TRY_A_TAG = "docs/diagnostics.md lists the tags.";

  private final Map<DiagnosticId, Kind> kinds = new EnumMap<>(DiagnosticId.class);
  private final List<String> mistakes = new ArrayList<>();

  private LintOption() {
    for (DiagnosticId id : DiagnosticId.values()) {
      kinds.put(id, id.severity() == Severity.ERROR ? Kind.ERROR : Kind.WARNING);
    }
  }

  /**
   * Reads the option.
   *
   * @param value null when it is not given
   */
  public static LintOption read(@Nullable String value) {
    LintOption option = new LintOption();
    if (value != null) {
      Arrays.stream(value.split(",", -1))
          .map(String::strip)
          .filter(entry -> !entry.isEmpty())
          .forEach(option::apply);
    }
    return option;
  }

  /**
   * How a diagnostic is reported; empty when it is not.
   *
   * @param element what has it, whose suppressions count and those around it; null for nothing
   */
  public Optional<Kind> kind(DiagnosticId id, @Nullable Element element) {
    return Optional.ofNullable(kinds.get(id))
        .filter(kind -> id.severity() == Severity.ERROR || !isSuppressed(id, element));
  }

  /** Whether the element, or one around it, accepts the warning. */
  private static boolean isSuppressed(DiagnosticId id, @Nullable Element element) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      // The mirror, not the annotation: half-written ones make the annotation throw.
      if (AnnotationUse.find(at, "java.lang.SuppressWarnings").stream()
          .flatMap(use -> use.list("value").stream())
          .anyMatch(tag -> isTag(tag, id))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTag(AnnotationValue tag, DiagnosticId id) {
    return id.tag().equals(tag.getValue()) || "all".equals(tag.getValue());
  }

  /** One {@link DiagnosticId#ASYNC_LINT} message for each entry that means nothing. */
  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  private void apply(String entry) {
    boolean isMinus = entry.startsWith("-");
    String[] parts = entry.substring(isMinus ? 1 : 0).split("=", 2);
    String level = parts.length == 2 ? parts[1] : "warning";
    if (!Set.of("error", "warning", "off").contains(level) || (isMinus && parts.length == 2)) {
      mistakes.add(DiagnosticId.ASYNC_LINT.text(quote(entry), "asks for no known level", ""));
      return;
    }
    boolean isOff = isMinus || level.equals("off");
    switch (parts[0]) {
      case "all" -> warnings().forEach(id -> set(id, isOff, level));
      case "none" -> warnings().forEach(id -> set(id, true, level));
      default -> applyToTag(entry, parts[0], isOff, level);
    }
  }

  private void applyToTag(String entry, String tag, boolean isOff, String level) {
    Optional<DiagnosticId> id = DiagnosticId.ofTag(tag);
    if (id.isEmpty()) {
      List<String> tags = warnings().stream().map(DiagnosticId::tag).toList();
      mistakes.add(
          DiagnosticId.ASYNC_LINT.text(
              quote(entry), "names no diagnostic", NearestName.hint(tag, tags, TRY_A_TAG)));
    } else if (id.get().severity() == Severity.ERROR) {
      if (isOff || !level.equals("error")) {
        mistakes.add(
            DiagnosticId.ASYNC_LINT.text(
                quote(entry), "names an error, and only warnings can be changed", ""));
      }
    } else {
      set(id.get(), isOff, level);
    }
  }

  private void set(DiagnosticId id, boolean isOff, String level) {
    if (isOff) {
      kinds.remove(id);
    } else {
      kinds.put(id, level.equals("error") ? Kind.ERROR : Kind.WARNING);
    }
  }

  private static Set<DiagnosticId> warnings() {
    return Arrays.stream(DiagnosticId.values())
        .filter(id -> id.severity() == Severity.WARNING)
        .collect(toCollection(() -> EnumSet.noneOf(DiagnosticId.class)));
  }

  private static String quote(String entry) {
    return "\"" + entry + "\"";
  }
}
