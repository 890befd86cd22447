package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The processor beside others, and when it fails itself. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ProcessorFailureTest {

  private static final String CRAWLER =
      """
      package demo;
      import dev.poolwright.annotation.*;
      class Crawler {
        @Async Made get(Made made) { return made; }
        @Callback("get") void got(Made made) {}
      }
      """;

  @TempDir Path folder;

  @Test
  void reportsItsOwnFailureWithTheStackTrace() {
    AsyncProcessor processor = new AsyncProcessor();
    Processor failing =
        proxy(
            Processor.class,
            (self, method, arguments) ->
                method.getName().equals("init")
                    ? invoke(method, processor, withoutFiler((ProcessingEnvironment) arguments[0]))
                    : invoke(method, processor, arguments));
    Outcome outcome =
        new CompilerRun(folder).source(CRAWLER).source("package demo;\nclass Made {}").run(failing);

    assertThat(outcome.tagged()).hasSize(1);
    assertThat(outcome.tagged().get(0).text())
        .startsWith(
            "[AsyncInternal] Poolwright's own processor fails on demo.Crawler. Report it to"
                + " Poolwright with this stack trace: java.lang.IllegalStateException: no files")
        .contains("at dev.poolwright.processor.AsyncProcessor");
    assertThat(outcome.tagged().get(0).line()).isEqualTo(3);
  }

  @Test
  void waitsForTypesThatAnotherProcessorWrites() {
    Outcome outcome =
        new CompilerRun(folder)
            .options("-Xlint:all,-processing", "-Werror")
            .source(CRAWLER)
            .run(new AsyncProcessor(), new Maker(), new PoolCatalogueProcessor());

    assertThat(outcome.messages()).isEmpty();
    assertThat(outcome.isSuccess()).isTrue();
    assertThat(folder.resolve("demo/AsyncCrawler$Get.class")).exists();
  }

  private static ProcessingEnvironment withoutFiler(ProcessingEnvironment environment) {
    return proxy(
        ProcessingEnvironment.class,
        (self, method, arguments) -> {
          if (method.getName().equals("getFiler")) {
            return proxy(
                Filer.class,
                (filer, called, none) -> {
                  throw new IllegalStateException("no files");
                });
          }
          return invoke(method, environment, arguments);
        });
  }

  private static Object invoke(Method method, Object on, Object... arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Writes {@code demo.Made} in the first round. */
  private static final class Maker extends AbstractProcessor {
    private boolean isDone;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!isDone) {
        isDone = true;
        try (Writer out = processingEnv.getFiler().createSourceFile("demo.Made").openWriter()) {
          out.write("package demo;\nfinal class Made {}\n");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
