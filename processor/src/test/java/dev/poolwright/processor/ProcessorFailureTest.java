package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Outcome;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
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
    assertThat(outcome.tagged().get(0).column()).isEqualTo(1);
  }

  @Test
  void waitsForTypesThatAnotherProcessorWrites() {
    Outcome outcome =
        new CompilerRun(folder)
            .options("-Xlint:all,-processing", "-Werror")
            .source(CRAWLER)
            .run(
                new AsyncProcessor(),
                new Maker(Map.of("demo.Made", "package demo;\nfinal class Made {}\n")),
                new PoolCatalogueProcessor());

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
}
