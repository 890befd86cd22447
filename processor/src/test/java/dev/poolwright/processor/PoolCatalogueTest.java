package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.model.ProxyNames;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue of declared pools, and the real runtime that finds it. */
@Timeout(60)
class PoolCatalogueTest {

  @Test
  void runsOnRealPools() throws Exception {
    Compiled compiled =
        Compiled.of(
                """
                package demo;
                import dev.poolwright.Pools;
                import dev.poolwright.annotation.*;
                @ThreadPool(name = "db", maxWorkers = 2, keepAlive = "5s", whenSaturated = SaturationPolicy.REJECT)
                public final class Crawler {
                  @Async(pool = "io", maxWorkers = 4, timeout = "10s")
                  String get(String url) throws java.io.IOException { return "page of " + url; }
                  @Async(pool = "db") static int length(String page) { return page.length(); }
                  public static Object run() {
                    try (Pools pools = Pools.builder().classLoader(Crawler.class.getClassLoader()).build()) {
                      AsyncCrawler crawler = new AsyncCrawler(new Crawler(), pools);
                      return crawler.get("x").join() + crawler.length("four").join() + pools.names()
                          + crawler.getAll(java.util.List.of("a", "b")).toList();
                    }
                  }
                }
                """)
            .clean();
    assertThat(compiled.run("demo.Crawler"))
        .isEqualTo("page of x4[db, default, io][page of a, page of b]");
  }

  @Test
  void theReportSaysHowManyWorkersEachKindHas(@TempDir Path out) throws Exception {
    Compiled.of(
            """
            package demo;
            import dev.poolwright.annotation.*;
            public final class Sums {
              @Async(pool = "t", kind = PoolKind.THREAD) static int t(int n) { return n; }
              @Async(pool = "v", kind = PoolKind.VIRTUAL) static int v(int n) { return n; }
              @Async(pool = "p", kind = PoolKind.PROCESS) static int p(int n) { return n; }
              @Async(pool = "c", kind = PoolKind.CLUSTER) static int c(int n) { return n; }
              @Async(pool = "one", maxWorkers = 1) static int one(int n) { return n; }
            }
            """)
        .clean()
        .writeTo(out);

    assertThat(Files.readString(out.resolve(ProxyNames.REPORT)))
        .contains("pool \"t\": threads, a worker for each CPU\n")
        .contains("pool \"v\": virtual threads, 256 workers\n")
        .contains("pool \"p\": worker JVMs, a worker for each CPU\n")
        .contains("pool \"c\": cluster nodes, 256 workers\n")
        .contains("pool \"one\": threads, 1 worker\n");
  }

  @Test
  void poolsOfJarsOnTheClassPathAreKnown(@TempDir Path jar) {
    Compiled.of(
            """
            package lib;
            import dev.poolwright.annotation.*;
            public class Lib {
              @Async(pool = "io", maxWorkers = 4) void work() {}
              @SuppressWarnings("AsyncUnusedPool")
              @ThreadPool(name = "db", keepAlive = "60s") public interface Db {}
            }
            """)
        .clean()
        .writeTo(jar);
    Compiled user =
        Compiled.with(
            List.of(
                "-Xlint:all,-processing",
                "-cp",
                jar + File.pathSeparator + System.getProperty("java.class.path")),
            """
            package demo;
            import dev.poolwright.annotation.*;
            @ThreadPool(name = "db", keepAlive = "1m")
            public class User {
              @Async(pool = "io") void a() {}
              @Async(pool = "db", maxWorkers = 2) void b() {}
              @Async(pool = "io", maxWorkers = 5) void c() {}
              @Async(pool = "oi") void d() {}
            }
            """);
    assertThat(user.messages())
        .containsExactlyInAnyOrder(
            "error User.java:7:36 [AsyncPoolConflict] Pool \"io\" has maxWorkers 5 here and 4 at"
                + " lib.Lib.work(), and it can have only one. Declare it once.",
            "error User.java:8:17 [AsyncUnknownPool] Pool \"oi\" is declared by no annotation, here"
                + " or on the class path; declared are \"db\", \"default\", \"io\"."
                + " Did you mean \"io\"?");
  }
}
