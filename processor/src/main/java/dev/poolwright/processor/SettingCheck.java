package dev.poolwright.processor;

import dev.poolwright.annotation.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** Checks the names, numbers, durations and policies of annotations. */
final class SettingCheck implements TypeCheck {

  private static final Set<String> DURATIONS =
      Set.of("timeout", "keepAlive", "cancelGrace", "startTimeout", "exitTimeout");

  private static final Set<String> NAMES = Set.of("name", "pool");

  /** What javac gives as the value of what it cannot resolve. */
  private static final String UNRESOLVED = "<error>";

  private static final Set<String> MAY_BE_EMPTY = Set.of("timeout", "cancelGrace");

  static final long MOST_WORKERS = 1_024;

  private static final long[] ANY = {Long.MIN_VALUE, Long.MAX_VALUE};

  private static final Map<String, long[]> RANGES =
      Map.of(
          "maxWorkers", new long[] {0, MOST_WORKERS},
          "prestart", new long[] {0, MOST_WORKERS},
          "queueCapacity", new long[] {0, Integer.MAX_VALUE},
          "queueBytes", new long[] {0, Long.MAX_VALUE},
          "maxTasksPerWorker", new long[] {0, Integer.MAX_VALUE},
          "payloadLimit", new long[] {1_024, Integer.MAX_VALUE - 1_024});

  @Override
  public void check(AnnotatedType type, Diagnostics diagnostics) {
    List<AnnotationUse> uses = new ArrayList<>();
    AnnotationUse.find(type.element(), AnnotationUse.ASYNC).ifPresent(uses::add);
    for (Element each : type.element().getEnclosedElements()) {
      AnnotationUse.find(each, AnnotationUse.ASYNC).ifPresent(uses::add);
    }
    uses.forEach(use -> check(use, diagnostics));
  }

  /** Checks the explicit values of one annotation. */
  static void check(AnnotationUse use, Diagnostics diagnostics) {
    for (String setting : use.given()) {
      AnnotationValue value = use.given(setting).orElseThrow();
      if (value.getValue().equals(UNRESOLVED)) {
        continue; // the compiler reports it
      }
      if (DURATIONS.contains(setting)) {
        checkDuration(use, setting, value, diagnostics);
      } else if (NAMES.contains(setting)) {
        checkName(use, setting, value, diagnostics);
      } else if (value.getValue() instanceof Number number) {
        checkNumber(use, setting, number.longValue(), value, diagnostics);
      }
    }
    checkPolicy(use, diagnostics);
  }

  private static void checkName(
      AnnotationUse use, String setting, AnnotationValue value, Diagnostics diagnostics) {
    String name = String.valueOf(value.getValue());
    if (!PoolName.isLegal(name)) {
      diagnostics.report(
          DiagnosticId.ASYNC_BAD_NAME,
          use.holder(),
          use.mirror(),
          value,
          setting,
          name,
          "a pool",
          PoolName.RULE);
    }
  }

  private static void checkPolicy(AnnotationUse use, Diagnostics diagnostics) {
    if (use.is(AnnotationUse.PROCESS_POOL)
        && use.constant("whenSaturated").filter("CALLER_RUNS"::equals).isPresent()) {
      diagnostics.report(
          DiagnosticId.ASYNC_BAD_POLICY,
          use.holder(),
          use.mirror(),
          use.given("whenSaturated").orElseThrow(),
          use.text("name"));
    }
  }

  private static void checkDuration(
      AnnotationUse use, String setting, AnnotationValue value, Diagnostics diagnostics) {
    String text = String.valueOf(value.getValue());
    if (!(text.isEmpty() && MAY_BE_EMPTY.contains(setting)) && !isDuration(text)) {
      diagnostics.report(
          DiagnosticId.ASYNC_BAD_DURATION, use.holder(), use.mirror(), value, setting, text);
    }
  }

  private static boolean isDuration(String text) {
    try {
      DurationText.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // the diagnostic says more
    }
  }

  private static void checkNumber(
      AnnotationUse use, String setting, long number, AnnotationValue value, Diagnostics into) {
    long[] range = RANGES.getOrDefault(setting, ANY);
    if (number < range[0] || number > range[1]) {
      into.report(
          DiagnosticId.ASYNC_BAD_NUMBER,
          use.holder(),
          use.mirror(),
          value,
          setting,
          String.format(Locale.ROOT, "%,d", number),
          String.format(Locale.ROOT, "%,d to %,d", range[0], range[1]));
    }
  }
}
