package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What strangers write: it compiles with the processors as it does without, and without a word. */
@Timeout(60)
class OddSourcesTest {

  private static final String NON_NULL =
      """
      package demo;
      import java.lang.annotation.*;
      @Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.FIELD, ElementType.TYPE_USE})
      @interface NonNull { String value() default ""; }
      """;
  private static final String IMPORTS =
      """
      package demo;
      import dev.poolwright.annotation.*;
      import java.util.*;
      """;
  private static final List<String> STRICT =
      List.of("-Xlint:all,-processing", "-Xdoclint:all,-missing");

  private static String proxy(String... sources) {
    return Compiled.with(STRICT, sources).clean().source("demo.AsyncMain");
  }

  @Test
  void annotationsOfParametersAndTypesAreWrittenOnce() {
    String proxy =
        proxy(
            NON_NULL,
            IMPORTS
                + """
                class Main {
                  @Async String get(@NonNull String... urls) { return ""; }
                  @Async @NonNull byte[] read(@NonNull byte[] text, @NonNull("x") Map.Entry<String, String> e) { return text; }
                  @Async <T> void all(@NonNull T[][] all, @NonNull List<@NonNull T>[] more) {}
                }
                """);

    assertThat(proxy)
        .contains(
            "get(@NonNull String... urls)", "read(@NonNull byte[] text,", "Task<@NonNull byte[]>");
  }

  @Test
  void typeParametersThatAreRenamedHideNothing() {
    String proxy =
        proxy(
            IMPORTS
                + """
                class Main<V> {
                  @Async <V> void v_(V url) {}
                  @Async <V> V__ get(V url) { return null; }
                  @Async <V> List<V> all(V url) { return List.of(url); }
                  static final class V__ {}
                }
                """);

    assertThat(proxy).contains("<V___> Task<Main.V__> get(V___ url)", "record V_<V, V___>");
  }

  /** Should a newer javac listen to the annotation, this fails, and proxies can have it. */
  @Test
  void ofAClassBesideThePublicOneJavacSpeaksWhateverIsWritten() {
    String main =
        IMPORTS
            + """
            public class Main {}
            class Beside {
              @Async String get(String url) { return url; }
            }
            """;
    String byHand =
        """
        package demo;
        @SuppressWarnings("auxiliaryclass")
        class ByHand {
          @SuppressWarnings("auxiliaryclass")
          ByHand(@SuppressWarnings("auxiliaryclass") Beside beside) {}
        }
        """;

    assertThat(Compiled.with(STRICT, main, byHand).messages())
        .allMatch(each -> each.contains("auxiliary class demo.Beside in"), "is javac's own lint")
        .anyMatch(each -> each.contains(" ByHand.java:5:"))
        .anyMatch(each -> each.contains(" AsyncBeside.java:"));
    Compiled.with(List.of("-Xlint:all,-processing,-auxiliaryclass"), main, byHand).clean();
  }

  @Test
  void commentsNeitherEndNorEscape() {
    proxy(
        IMPORTS
            + """
            class Main {
              /** Reads C:\\u005cuser\\u005cudata, \\\\u0041 and \\u00e4; {@code C:\\u005cu}. @param url of C:\\u005cu */
              @Async String get(String url) { return url; }
            }
            """
                .replace("\\\\", "\\"));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_23)
  void commentsInMarkdownAreText() {
    String proxy =
        proxy(
            IMPORTS
                + """
                class Main {
                  /// Reads `a/*b*/` and *all* of [List] where a < b && c > d, {@code */}, **/ and \\u0041.
                  ///
                  /// - one
                  /// - two </p>
                  ///
                  /// @param url the *address*, a < b
                  /// @return nothing */
                  @Async String get(String url) { return url; }
                }
                """);

    assertThat(proxy).contains("a &lt; b &amp;&amp; c &gt; d", "<p>- one", "@param url the");
  }

  @Test
  void parametersMayHaveEveryName() {
    proxy(
        IMPORTS
            + """
            class Main {
              @Async void rest(int wait, int wait_, int wait__, int clone) {}
              @Async void cols(String url, List<String> urls, int thi, String row, String rows) {}
              @Async static String main(String Main, String dev, String Rows, String CallSite) { return ""; }
              @Callback("main") static void done(String Main) {}
            }
            """);
  }

  @Test
  void classesMayHaveTheNamesOfPackages() {
    String dev =
        IMPORTS
            + """
            class dev {
              @Async dev get(dev dev) { return dev; }
              @Async static String put(String dev) { return dev; }
              @Callback("put") static void got(String dev) {}
            }
            """;
    proxy(dev, IMPORTS + "class Main { @Async dev get(Map<String, dev> devs) { return null; } }");
  }

  @Test
  void initializersMayBeOldAndBesideAnotherClass() {
    proxy(
        IMPORTS
            + """
            @SuppressWarnings("deprecation")
            class Main {
              @ProcessPool(name = "far", initializer = Beside.class, modules = Old.class) interface Pool {}
              @Async(pool = "far") static String far(String url) { return url; }
            }
            class Beside implements Runnable { public void run() {} }
            """,
        "package demo;\n@Deprecated class Old extends com.google.inject.AbstractModule {}");
  }

  @Test
  void oneFunctionOfACompanionIsOneMethod() {
    String main =
        IMPORTS
            + """
            @ProcessPool(name = "far")
            public final class Main {
              public static final Main.Companion Companion = new Main.Companion();
              @kotlin.jvm.JvmStatic @Async(pool = "far") public static final int work(int number) { return Companion.work(number); }
              public static final class Companion {
                private Companion() {}
                @SuppressWarnings("AsyncDirectCall")
                @kotlin.jvm.JvmStatic @Async(pool = "far") public final int work(int number) { return number; }
              }
            }
            """;
    Compiled compiled =
        Compiled.of(main, "package kotlin.jvm;\npublic @interface JvmStatic {}").clean();

    assertThat(compiled.source("demo.AsyncMain")).contains("Main.work(number)");
    assertThat(compiled.generatedSources()).noneMatch(file -> file.getName().contains("Companion"));
  }
}
