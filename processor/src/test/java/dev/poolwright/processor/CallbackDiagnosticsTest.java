package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the compiler says of callbacks: text, file, line, column. */
@Timeout(60)
class CallbackDiagnosticsTest {

  private static void says(String body, String... messages) {
    String source =
        "package demo;\nimport dev.poolwright.*;\nimport dev.poolwright.annotation.*;\n" + body;
    assertThat(Compiled.of(source).messages()).containsExactly(messages);
  }

  @Test
  void saysThatAMethodIsUnknown() {
    says(
        """
        class Crawler {
          @Async String get(int id) { return ""; }
          @Callback("gett") void save(String page) {}
        }
        """,
        "error Crawler.java:6:13 [CallbackUnknownMethod] Crawler has no @Async method \"gett\"; it"
            + " has get(int). Did you mean \"get\"?");
  }

  @Test
  void saysWhichMethodsAreMeantAlike() {
    says(
        """
        class Crawler {
          @Async String get(int id) { return ""; }
          @Async(batch = "b") String get(long id) { return ""; }
          @Callback("get") void save(String page) {}
          @Callback("get( long )") void kept(String page) {}
        }
        """,
        "error Crawler.java:7:13 [CallbackAmbiguous] \"get\" means get(int) and get(long), and"
            + " save(String) fits each of them. Write one in full, as"
            + " @Callback(\"get(int)\").");
  }

  @Test
  void saysWhichParameterDoesNotMatch() {
    says(
        """
        class Crawler {
          @Async String get(int id) { return ""; }
          @Async int count() { return 1; }
          @Callback("get") void save(Integer page) {}
          @Callback("count") void either(int count, Throwable failure) {}
          @Callback("count") void fine(int count) {}
        }
        """,
        "error Crawler.java:7:13 [CallbackMismatch] save(Integer) does not fit get(int), which"
            + " returns String. Take (String), (Throwable), (String, Throwable) or"
            + " (Task<String>).",
        "error Crawler.java:8:13 [CallbackMismatch] either(int, Throwable) does not fit count(),"
            + " which returns int. Take (int), (Throwable), (Integer, Throwable) or"
            + " (Task<Integer>).");
  }

  @Test
  void saysThatACallbackIsUnused() {
    says(
        """
        class Crawler {
          @Async String get(int id) { return ""; }
          @Callback void save(Object page) {}
        }
        """,
        "error Crawler.java:6:3 [CallbackUnused] save(Object) fits no @Async method of Crawler,"
            + " whose results are String. Take one of them, or name the method.");
  }

  @Test
  void saysThatCallbacksCallEachOther() {
    says(
        """
        class Crawler {
          @Async String get(String id) { return ""; }
          @Async @Callback("get") int parse(String page) { return 1; }
          @Async @Callback("parse") String again(int page) { return ""; }
          @Async @Callback("again") int more(String page) { return 1; }
          @Async @Callback("more") String loop(int page) { return ""; }
          @Async @Callback("loop") void end(String page) { }
          @Async @Callback("self") void self(Throwable failure) { }
        }
        """,
        "error Crawler.java:11:20 [CallbackCycle] Callbacks end in themselves, so they never stop:"
            + " self -> self. Take @Async or @Callback off one of them.");
  }
}
