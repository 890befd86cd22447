package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the compiler says of the values of annotations: text, file, line, column. */
@Timeout(60)
class SettingDiagnosticsTest {

  private static void says(String body, String... messages) {
    String source = "package demo;\nimport dev.poolwright.annotation.*;\n" + body;
    assertThat(Compiled.of(source).messages()).containsExactly(messages);
  }

  @Test
  void saysWhatCannotNameAPool() {
    says(
        """
        @ThreadPool(name = "my pool")
        @ProcessPool(name = "")
        class Crawler {
          @Async(pool = "io/1") void get() {}
          @Async(pool = "my pool") void put() {}
          @Async(pool = "a.B-c_9", maxWorkers = 1) void legal() {}
        }
        """,
        "error Crawler.java:6:17 [AsyncBadName] pool is \"io/1\", which cannot name a pool."
            + " Write 1 to 64 letters, digits, dots, hyphens and underscores.",
        "error Crawler.java:7:17 [AsyncBadName] pool is \"my pool\", which cannot name a pool."
            + " Write 1 to 64 letters, digits, dots, hyphens and underscores.",
        "error Crawler.java:3:20 [AsyncBadName] name is \"my pool\", which cannot name a pool."
            + " Write 1 to 64 letters, digits, dots, hyphens and underscores.",
        "error Crawler.java:4:21 [AsyncBadName] name is \"\", which cannot name a pool."
            + " Write 1 to 64 letters, digits, dots, hyphens and underscores.");
  }

  @Test
  void saysWhatCannotNameABatch() {
    says(
        """
        class Crawler {
          @Async(batch = "get all") void get(int id) {}
          @Async(batch = "class") void put(int id) {}
          @Async(batch = "every") void post(int id) {}
          @Async(batch = "-") void drop(int id) {}
        }
        """,
        "error Crawler.java:4:18 [AsyncBadName] batch is \"get all\", which cannot name a method."
            + " Write a Java identifier, as getAll, or Async.NONE.",
        "error Crawler.java:5:18 [AsyncBadName] batch is \"class\", which cannot name a method."
            + " Write a Java identifier, as putAll, or Async.NONE.");
  }

  @Test
  void saysThatMoreWorkersStartThanThereMayBe() {
    says(
        """
        @ThreadPool(name = "io", maxWorkers = 2, prestart = 3)
        class Crawler {
          @ThreadPool(name = "db", maxWorkers = 2, prestart = 2) interface Db {}
          @ThreadPool(name = "cpu", prestart = 8) interface Cpu {}
          @Async(pool = "io") void get() {}
          @Async(pool = "db") void put() {}
          @Async(pool = "cpu") void sum() {}
        }
        """,
        "error Crawler.java:3:53 [AsyncBadNumber] prestart is 3, which is outside 0 to 2, its"
            + " maxWorkers. Write a number in that range.");
  }

  @Test
  void saysHowManyVirtualThreadsThereMayBe() {
    says(
        """
        @VirtualPool(name = "web", maxWorkers = 1_000_001)
        class Crawler {
          @Async(pool = "web") void get() {}
          @Async(pool = "db", kind = PoolKind.VIRTUAL, maxWorkers = 1_000_000) void put() {}
          @Async(pool = "db", maxWorkers = 2_000) void post() {}
        }
        """,
        "error Crawler.java:7:36 [AsyncBadNumber] maxWorkers is 2,000, which is outside 0 to 1,024."
            + " Write a number in that range.",
        "error Crawler.java:3:41 [AsyncBadNumber] maxWorkers is 1,000,001, which is outside 0 to"
            + " 1,000,000. Write a number in that range.",
        "error Crawler.java:6:61 [AsyncPoolConflict] Pool \"db\" has maxWorkers 1000000 here and"
            + " 2000 at demo.Crawler.post(), and it can have only one. Declare it once.",
        "error Crawler.java:7:36 [AsyncPoolConflict] Pool \"db\" has maxWorkers 2000 here and"
            + " 1000000 at demo.Crawler.put(), and it can have only one. Declare it once.");
  }

  @Test
  void saysThatAPoolIsVirtualElsewhere() {
    says(
        """
        @ThreadPool(name = "web", keepAlive = "5s")
        class Crawler {
          @Async(pool = "web", kind = PoolKind.VIRTUAL) void get() {}
        }
        """,
        "error Crawler.java:3:1 [AsyncPoolConflict] Pool \"web\" has kind THREAD here and VIRTUAL at"
            + " demo.Crawler.get(), and it can have only one. Declare it once.",
        "error Crawler.java:5:39 [AsyncPoolConflict] Pool \"web\" has kind VIRTUAL here and THREAD"
            + " at demo.Crawler, and it can have only one. Declare it once.");
  }

  @Test
  void valuesThatDoNotCompileAreLeftToTheCompiler() {
    assertThat(
            Compiled.of(
                    """
                    package demo;
                    import dev.poolwright.annotation.*;
                    class Crawler {
                      @Async(pool = NOWHERE, timeout = NEVER) void get() {}
                    }
                    """)
                .messages())
        .hasSize(2)
        .allMatch(message -> message.contains("cannot find symbol"));
  }
}
