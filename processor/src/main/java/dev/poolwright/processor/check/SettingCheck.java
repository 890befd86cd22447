package dev.poolwright.processor.check;

import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.DurationText;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.annotation.setting.SettingRange;
import dev.poolwright.annotation.wording.PoolName;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.PoolReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;

/** Checks the names, numbers, durations and policies of annotations. */
public final class SettingCheck implements TypeCheck {

  private static final Set<String> NAMES = Set.of("name", "pool");

  /** What javac gives as the value of what it cannot resolve. */
  private static final String UNRESOLVED = "<error>";

  @Override
  public void check(AnnotatedType type, Problems problems) {
    List<AnnotationUse> uses = new ArrayList<>();
    AnnotationUse.find(type.element(), AnnotationUse.ASYNC).ifPresent(uses::add);
    for (Element each : type.element().getEnclosedElements()) {
      AnnotationUse.find(each, AnnotationUse.ASYNC).ifPresent(uses::add);
    }
    uses.forEach(use -> check(use, problems));
  }

  /** Checks the explicit values of one annotation. */
  public static void check(AnnotationUse use, Problems problems) {
    for (String member : use.given()) {
      AnnotationValue value = use.given(member).orElseThrow();
      if (value.getValue().equals(UNRESOLVED)) {
        continue; // the compiler reports it
      }
      if (NAMES.contains(member)) {
        checkName(use, member, value, problems);
      }
      PoolSetting.ofMember(member).ifPresent(setting -> check(use, setting, value, problems));
    }
  }

  private static void check(
      AnnotationUse use, PoolSetting setting, AnnotationValue value, Problems problems) {
    SettingRange range = setting.range(PoolReader.kindOf(use));
    switch (range.form()) {
      case INT, LONG -> {
        if (value.getValue() instanceof Number number && !range.has(number)) {
          reportNumber(use, setting.member(), range, number, value, problems);
        }
      }
      case DURATION -> checkDuration(use, setting.member(), false, value, problems);
      case DURATION_OR_NONE -> checkDuration(use, setting.member(), true, value, problems);
      case POLICY -> checkPolicy(use, range, value, problems);
      case NAME, CLASS, PATH, CLASSES, WORDS, VARIABLES -> {} // any that compiles
    }
  }

  private static void checkName(
      AnnotationUse use, String setting, AnnotationValue value, Problems problems) {
    String name = String.valueOf(value.getValue());
    if (!PoolName.isLegal(name)) {
      problems.report(
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

  private static void checkPolicy(
      AnnotationUse use, SettingRange range, AnnotationValue value, Problems problems) {
    boolean isOther =
        Arrays.stream(SaturationPolicy.values())
            .filter(
                policy ->
                    value.getValue() instanceof VariableElement constant
                        && constant.getSimpleName().contentEquals(policy.name()))
            .anyMatch(policy -> !range.has(policy));
    if (isOther) {
      problems.report(
          DiagnosticId.ASYNC_BAD_POLICY,
          use.holder(),
          use.mirror(),
          value,
          use.text("name"),
          PoolReader.kindOf(use).plural());
    }
  }

  private static void checkDuration(
      AnnotationUse use,
      String setting,
      boolean mayBeEmpty,
      AnnotationValue value,
      Problems problems) {
    String text = String.valueOf(value.getValue());
    if (!(text.isEmpty() && mayBeEmpty) && !isDuration(text)) {
      problems.report(
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

  private static void reportNumber(
      AnnotationUse use,
      String setting,
      SettingRange range,
      Number number,
      AnnotationValue value,
      Problems into) {
    into.report(
        DiagnosticId.ASYNC_BAD_NUMBER,
        use.holder(),
        use.mirror(),
        value,
        setting,
        String.format(Locale.ROOT, "%,d", number),
        String.format(Locale.ROOT, "%,d to %,d", range.min(), range.max()));
  }
}
