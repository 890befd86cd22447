package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the compiler says of methods and types that no proxy can call: text, file, line, column. */
@Timeout(60)
class DiagnosticsTest {

  private static void says(String body, String... messages) {
    String source = "package demo;\nimport dev.poolwright.annotation.*;\n" + body;
    assertThat(Compiled.of(source).messages()).containsExactly(messages);
  }

  @Test
  void refusesAPrivateMethod() {
    says(
        """
        class Crawler {
          @Async private void get(int id) {}
          @Async private void post(int id) {}
          @Async void ok() { new AsyncCrawler(this, null).ok(); }
        }
        """,
        "error Crawler.java:4:23 [AsyncPrivateMethod] get(int) is private, so the generated"
            + " AsyncCrawler cannot call it. Make it package-private or wider.",
        "error Crawler.java:5:23 [AsyncPrivateMethod] post(int) is private, so the generated"
            + " AsyncCrawler cannot call it. Make it package-private or wider.");
  }

  @Test
  void refusesAMethodOfObject() {
    says(
        """
        class Crawler {
          @Async public String toString() { return ""; }
        }
        """,
        "error Crawler.java:4:24 [AsyncObjectMethod] toString() is a method of Object that every"
            + " class relies on, so no pool can run it. Give the asynchronous method a name of its"
            + " own.");
  }

  @Test
  void refusesAPrivateType() {
    says(
        """
        class Crawler {
          private static class Page {}
          @Async void get(java.util.List<Page[]> pages) {}
        }
        """,
        "error Crawler.java:5:42 [AsyncPrivateType] get(List) uses Crawler.Page, which the"
            + " generated AsyncCrawler cannot see. Make Crawler.Page package-private or wider.");
  }

  @Test
  void refusesAPrivateClass() {
    says(
        """
        class Outer {
          private static class Crawler {
            @Async(pool = "io", maxWorkers = 2) void get(String url) {}
            @Callback void got() {}
          }
          private static class Hidden {
            @Async record Parser() {
              void parse() {}
            }
          }
        }
        """,
        "error Outer.java:4:18 [AsyncPrivateType] get(String) uses Outer.Crawler, which the"
            + " generated AsyncOuter_Crawler cannot see. Make Outer.Crawler package-private or"
            + " wider.",
        "error Outer.java:9:12 [AsyncPrivateType] parse() uses Outer.Hidden, which the generated"
            + " AsyncOuter_Hidden_Parser cannot see. Make Outer.Hidden package-private or wider.");
  }

  @Test
  void refusesAPrivateClassInAPoolDeclaration() {
    says(
        """
        class Crawler {
          @Async(pool = "cpu") static void get(String url) {}
          private static class Setup implements Runnable {
            public void run() {}
          }
          private static class Wiring extends com.google.inject.AbstractModule {}
          static class Open extends com.google.inject.AbstractModule {}
          @ProcessPool(name = "cpu", initializer = Setup.class, modules = {Wiring.class, Open.class})
          interface Cpu {}
        }
        """,
        "error Crawler.java:10:49 [AsyncPrivateType] initializer of pool \"cpu\" uses"
            + " Crawler.Setup, which the generated Crawler_Cpu_PoolCatalogue cannot see. Make"
            + " Crawler.Setup package-private or wider.",
        "error Crawler.java:10:74 [AsyncPrivateType] modules of pool \"cpu\" uses Crawler.Wiring,"
            + " which the generated Crawler_Cpu_PoolCatalogue cannot see. Make Crawler.Wiring"
            + " package-private or wider.");
  }

  @Test
  void refusesTooManyParameters() {
    String parameters =
        IntStream.range(0, 127).mapToObj(i -> "long a" + i).collect(Collectors.joining(", "));
    assertThat(
            Compiled.of(
                    "package demo;\n"
                        + "class Crawler { @dev.poolwright.annotation.Async static void get("
                        + parameters
                        + ") {} }")
                .messages())
        .containsExactly(
            "error Crawler.java:2:62 [AsyncTooManyParameters] get(...) takes 254 slots of"
                + " parameters, and a call holds at most 253. Pass a record of them.");
  }

  @Test
  void refusesAnInnerClass() {
    says(
        """
        class Outer {
          class Crawler {
            @Async void get() {}
          }
        }
        """,
        "error Outer.java:4:3 [AsyncInnerClass] Outer.Crawler is an inner class, so the runtime has"
            + " no instance to run its methods on. Make it static or top-level.");
  }

  @Test
  void refusesAnInnerClassOfAGenericOne() {
    says(
        """
        class Outer<T> {
          class Crawler<S> {
            @Async T get(S key) { return null; }
          }
        }
        """,
        "error Outer.java:4:3 [AsyncInnerClass] Outer.Crawler is an inner class, so the runtime has"
            + " no instance to run its methods on. Make it static or top-level.");
  }

  @Test
  void refusesAnAbstractMethod() {
    says(
        """
        abstract class Crawler {
          @Async abstract void get();
        }
        """,
        "error Crawler.java:4:24 [AsyncAbstract] get() is abstract and Crawler does not implement"
            + " it, so there is nothing to run. Put @Async on the implementation.");
  }

  @Test
  void saysWhichNumberIsOutOfRange() {
    says(
        """
        @ThreadPool(name = "db", queueCapacity = -1)
        class Crawler {
          @Async(pool = "io", maxWorkers = 2000) void get() {}
          @Async(pool = "db") void put() {}
        }
        """,
        "error Crawler.java:5:36 [AsyncBadNumber] maxWorkers is 2,000, which is outside 0 to 1,024."
            + " Write a number in that range.",
        "error Crawler.java:3:42 [AsyncBadNumber] queueCapacity is -1, which is outside 0 to"
            + " 2,147,483,647. Write a number in that range.");
  }

  @Test
  void saysHowADurationIsWritten() {
    says(
        """
        class Crawler {
          @Async(timeout = "5sec") void get() {}
        }
        """,
        "error Crawler.java:4:20 [AsyncBadDuration] timeout is \"5sec\", which is no positive"
            + " duration. Write 500ms, 5s, 2m, 1h or ISO-8601 as PT1.5S.");
  }

  @Test
  void saysWhichPoolIsUnknown() {
    says(
        """
        class Crawler {
          @Async(pool = "io", maxWorkers = 2) void get() {}
          @Async(pool = "oi") void put() {}
          @Async(pool = "zzz") void post() {}
        }
        """,
        "error Crawler.java:5:17 [AsyncUnknownPool] Pool \"oi\" is declared by no annotation, here"
            + " or on the class path; declared are \"default\", \"io\". Did you mean \"io\"?",
        "error Crawler.java:6:17 [AsyncUnknownPool] Pool \"zzz\" is declared by no annotation, here"
            + " or on the class path; declared are \"default\", \"io\"."
            + " Declare it with maxWorkers, kind or @ThreadPool.");
  }

  @Test
  void saysAPoolConflictAtBothPlaces() {
    says(
        """
        class Crawler {
          @Async(pool = "io", maxWorkers = 2) void get() {}
          @Async(pool = "io", maxWorkers = 3, kind = PoolKind.THREAD) void put() {}
          @Async(pool = "io") void post() {}
        }
        """,
        "error Crawler.java:4:36 [AsyncPoolConflict] Pool \"io\" has maxWorkers 2 here and 3 at"
            + " demo.Crawler.put(), and it can have only one. Declare it once.",
        "error Crawler.java:5:36 [AsyncPoolConflict] Pool \"io\" has maxWorkers 3 here and 2 at"
            + " demo.Crawler.get(), and it can have only one. Declare it once.");
  }

  @Test
  void saysABatchClashAtBothPlaces() {
    says(
        """
        class Crawler {
          @Async void get(String url) {}
          @Async void get(java.net.URI url) {}
          @Async(batch = "all") void put(int a) {}
          @Async(batch = Async.NONE) void put(long a) {}
        }
        """,
        "error Crawler.java:4:3 [AsyncBatchClash] get(String) and get(URI) both want the batch"
            + " method getAll(Iterable). Set batch = \"...\" on one of them, or batch ="
            + " Async.NONE.",
        "error Crawler.java:5:3 [AsyncBatchClash] get(URI) and get(String) both want the batch"
            + " method getAll(Iterable). Set batch = \"...\" on one of them, or batch ="
            + " Async.NONE.");
  }

  @Test
  void saysThatANameIsTaken() {
    says(
        """
        class Crawler {
          @Async void get(String url) {}
          @Async(batch = Async.NONE) void getAll(Iterable<String> urls) {}
          @Async void with(dev.poolwright.CallOption... options) {}
        }
        class AsyncCrawler {}
        """,
        "error Crawler.java:6:15 [AsyncNameTaken] with(CallOption[]) exists already, so the proxy's"
            + " own method cannot have that name. Rename one of them.",
        "error Crawler.java:4:3 [AsyncNameTaken] getAll(Iterable) exists already, so the batch"
            + " method of get(String) cannot have that name. Rename one of them.",
        "error Crawler.java:3:1 [AsyncNameTaken] AsyncCrawler exists already, so the proxy of"
            + " Crawler cannot have that name. Rename one of them.");
  }
}
