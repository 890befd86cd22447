package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proxies carry over what they must, and compile without a warning under {@code -Xlint:all}. */
@Timeout(60)
class WarningFreeTest {

  private static Compiled compiled(String... sources) {
    return Compiled.of(sources).clean();
  }

  @Test
  void deprecationForRemovalIsSuppressed() {
    String proxy =
        compiled(
                """
                package demo;
                import dev.poolwright.annotation.*;
                class Crawler {
                  @Deprecated(forRemoval = true, since = "2") @Async int get(int id) { return id; }
                  @Deprecated @Callback("get") void got(int page) {}
                  @Async @SuppressWarnings("removal") void put(Old old) {}
                }
                """,
                "package demo;\n@Deprecated(forRemoval = true)\nclass Old {}")
            .source("demo.AsyncCrawler");

    assertThat(proxy).contains("@Deprecated(");
    assertThat(proxy).contains("\"deprecation\"", "\"removal\"");
  }

  @Test
  void aDeprecatedClassIsNoWarning() {
    String proxy =
        compiled(
                """
                package demo;
                import dev.poolwright.annotation.*;
                @Deprecated class Crawler {
                  @Async int get(int id) { return id; }
                }
                """)
            .source("demo.AsyncCrawler");

    assertThat(proxy).contains("@Deprecated\n").doesNotContain("@SuppressWarnings");
    compiled(
        """
        package demo;
        import dev.poolwright.annotation.*;
        @Deprecated(forRemoval = true)
        class Crawler {
          @Async int get(int id) { return id; }
        }
        """);
  }

  @Test
  void overloadsOfFunctionalTypesAreSuppressed() {
    compiled(
        """
        package demo;
        import dev.poolwright.annotation.*;
        import java.util.function.*;
        @SuppressWarnings("overloads")
        class Crawler {
          @Async(batch = Async.NONE) void each(Function<String, String> f) {}
          @Async(batch = Async.NONE) void each(UnaryOperator<Integer> f) {}
          @Async(batch = Async.NONE) void each(ToIntFunction<String> f) {}
        }
        """);
  }

  @Test
  void mainIsNotMeantByAnAnnotationOnTheType() {
    String proxy =
        compiled(
                """
                package demo;
                import dev.poolwright.annotation.*;
                @Async public class Crawler {
                  public static void main(String... arguments) {}
                  void main(int other) {}
                }
                """)
            .source("demo.AsyncCrawler");

    assertThat(proxy).contains("main(int other)").doesNotContain("String");
  }

  @Test
  void nullnessOfTypesIsCarriedOver() {
    String proxy =
        compiled(
                """
                package demo;
                import dev.poolwright.annotation.*;
                import java.util.List;
                import org.jspecify.annotations.*;
                class Crawler {
                  @Async @Nullable String get(@Nullable String url, List<@Nullable String> more) { return url; }
                  @Async byte @Nullable [] read(@Nullable String @Nullable [] names) { return null; }
                }
                """)
            .source("demo.AsyncCrawler");

    assertThat(proxy)
        .contains(
            "Task<@Nullable String> get(@Nullable String url, List<@Nullable String> more)",
            "Task<byte @Nullable []> read(@Nullable String @Nullable [] names)");
  }
}
