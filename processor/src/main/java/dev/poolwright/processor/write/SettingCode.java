package dev.poolwright.processor.write;

import com.palantir.javapoet.CodeBlock;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.processor.model.RuntimeNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Writes the values of annotations as arguments of the runtime's configuration methods. */
final class SettingCode {

  private SettingCode() {}

  /** The argument; empty when the value says that there is nothing to set. */
  static Optional<CodeBlock> of(String setting, AnnotationValue value) {
    Class<?> type =
        PoolSetting.ofMember(setting).orElseThrow().range(PoolKind.PROCESS).form().type();
    if (type == Duration.class) {
      return Optional.of(duration(String.valueOf(value.getValue())));
    }
    if (setting.equals("initializer") && value.getValue().toString().equals("java.lang.Runnable")) {
      return Optional.empty();
    }
    return Optional.of(code(value));
  }

  private static CodeBlock duration(String text) {
    return text.isEmpty()
        ? CodeBlock.of("$T.ZERO", Duration.class)
        : CodeBlock.of("$T.parse($S)", RuntimeNames.DURATION_TEXT, text);
  }

  private static CodeBlock code(AnnotationValue value) {
    Object plain = value.getValue();
    if (plain instanceof TypeMirror type) {
      return CodeBlock.of("$T.class", type);
    }
    if (plain instanceof VariableElement constant) {
      return CodeBlock.of(
          "$T.$L", (TypeElement) constant.getEnclosingElement(), constant.getSimpleName());
    }
    if (plain instanceof List<?> values) {
      return values.stream()
          .map(each -> code((AnnotationValue) each))
          .collect(CodeBlock.joining(", "));
    }
    return plain instanceof String ? CodeBlock.of("$S", plain) : number(plain);
  }

  private static CodeBlock number(Object plain) {
    return CodeBlock.of(plain instanceof Long ? "$LL" : "$L", plain);
  }
}
