package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Message;
import dev.poolwright.processor.CompilerRun.Outcome;
import dev.poolwright.processor.body.BodyNote;
import dev.poolwright.processor.report.Reporter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PoolwrightPluginTest {

  private static final String DIRECT =
      """
      package demo;
      import dev.poolwright.annotation.*;
      class Crawler {
        @Async void get() {}
        void home() { get(); }
      }
      """;

  @TempDir Path folder;

  @Test
  void checksBodiesWithoutTheProcessors() {
    Outcome outcome = compile("-proc:none", "-Xplugin:Poolwright");

    assertThat(outcome.tagged()).extracting(Message::line).containsExactly(5L);
    assertThat(outcome.of("AsyncDirectCall")).hasSize(1);
  }

  @Test
  void saysNothingTwiceBesideTheProcessors() {
    assertThat(compile("-Xplugin:Poolwright").messages()).hasSize(1);
  }

  @Test
  void takesEntriesOfTheLintOption() {
    assertThat(compile("-proc:none", "-Xplugin:Poolwright all,-AsyncDirectCall").messages())
        .isEmpty();
    assertThat(compile("-proc:none", "-Xplugin:Poolwright AsyncDirectCall=error").isSuccess())
        .isFalse();
  }

  @Test
  void takesTheLintOptionOfTheProcessors() {
    assertThat(compile("-Apoolwright.lint=none").messages()).isEmpty();
    assertThat(compile("-Apoolwright.lint=AsyncDirectCall=error").isSuccess()).isFalse();
    assertThat(compile("-Apoolwright.lint=none,AsyncDirectCal").messages())
        .extracting(Message::text)
        .containsExactly(
            "[AsyncLint] \"AsyncDirectCal\" in -Apoolwright.lint names no diagnostic."
                + " Write all, none, AsyncTag, -AsyncTag or AsyncTag=error, separated by commas."
                + " Did you mean \"AsyncDirectCall\"?");
  }

  @Test
  void saysOnceThatAWrappedEnvironmentHidesBodies() {
    Outcome outcome = new CompilerRun(folder).source(DIRECT).run(new Wrapping());

    assertThat(outcome.messages()).extracting(Message::text).containsExactly(BodyNote.TEXT);
  }

  private Outcome compile(String... options) {
    return new CompilerRun(folder).source(DIRECT).options(options).run();
  }

  /** Hands on a proxy of its environment, as build tools do. */
  @SupportedAnnotationTypes("*")
  private static final class Wrapping extends AbstractProcessor {
    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      super.init(environment);
      ProcessingEnvironment wrapped =
          (ProcessingEnvironment)
              Proxy.newProxyInstance(
                  Wrapping.class.getClassLoader(),
                  new Class<?>[] {ProcessingEnvironment.class},
                  (proxy, method, arguments) -> method.invoke(environment, arguments));
      BodyNote.start(wrapped, new Reporter(wrapped));
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      return false;
    }
  }
}
