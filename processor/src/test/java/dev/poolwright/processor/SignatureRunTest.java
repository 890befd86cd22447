package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every shape of class and method, compiled without a warning and run. */
@Timeout(60)
class SignatureRunTest {

  private static Object run(String... sources) throws Exception {
    try (Pools pools = Pools.direct()) {
      String name = sources[0].startsWith("package demo;") ? "demo.Main" : "Main";
      return Compiled.of(sources).clean().run(name, pools);
    }
  }

  private static String demo(String body) {
    return """
    package demo;
    import dev.poolwright.*;
    import dev.poolwright.annotation.*;
    import java.util.*;
    import java.util.concurrent.*;
    """
        + body;
  }

  @Test
  void overloadsVarargsArraysAndPrimitivesRun() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    class Main {
                      @Async int sum(int... numbers) { return Arrays.stream(numbers).sum(); }
                      @Async(batch = "texts") String get(String a) { return a; }
                      @Async String get(long a) { return "long " + a; }
                      @Async byte[][] bytes(byte[] a) { return new byte[][] {a}; }
                      static String run(Pools pools) {
                        AsyncMain main = new AsyncMain(new Main(), pools);
                        Task<Integer> sum = main.sum(1, 2, 3);
                        return sum.join() + main.get("a").join() + main.get(2).join()
                            + main.bytes(new byte[] {7}).join()[0][0];
                      }
                    }
                    """)))
        .isEqualTo("6along 27");
  }

  @Test
  void genericsOfClassAndMethodRun() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    class Main<K extends Comparable<K>, V> {
                      final Map<K, V> map = new TreeMap<>();
                      @Async V put(K key, V value) { map.put(key, value); return value; }
                      @Async <K> List<K> list(K one, Collection<? extends K> more) {
                        List<K> all = new ArrayList<>(more); all.add(one); return all;
                      }
                      @Async <X extends Exception> void fail(X failure) throws X { throw failure; }
                      @Async static <T extends Comparable<? super T> & java.io.Serializable> T max(Set<T> set) {
                        return Collections.max(set);
                      }
                      static String run(Pools pools) {
                        AsyncMain<String, Integer> main = new AsyncMain<>(new Main<String, Integer>(), pools);
                        return main.put("a", 1).join() + "" + main.list(1L, List.of(2L)).join()
                            + main.max(Set.of(4, 9)).join()
                            + main.fail(new java.io.IOException("no")).handle((r, e) -> e.getMessage()).join();
                      }
                    }
                    """)))
        .isEqualTo("1[2, 1]9no");
  }

  @Test
  void methodsOfRecordsEnumsInterfacesNestedAndBaseClassesRun() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    @SuppressWarnings({"AsyncDirectCall", "AsyncWaitInPool"})
                    @Async class Main {
                      record Point(int x) { @Async int twice() { return 2 * x; } }
                      enum Color { RED; @Async String text() { return name(); } }
                      interface Shape { @Async String draw(); @Async default String twice() { return draw() + draw(); } }
                      static abstract class Base { @Async String over() { return "base"; } @Async String kept() { return "kept"; } }
                      static class Sub extends Base { @Override String over() { return "sub"; } @Async String own() { return "own"; } }
                      void work() {}
                      private void hidden() {}
                      @Override public String toString() { hidden(); return "Main"; }
                      static String run(Pools pools) {
                        AsyncMain_Sub sub = new AsyncMain_Sub(new Sub(), pools);
                        new AsyncMain(new Main(), pools).work();
                        return new AsyncMain_Point(new Point(4), pools).twice().join()
                            + new AsyncMain_Color(Color.RED, pools).text().join()
                            + new AsyncMain_Shape(() -> "o", pools).twice().join()
                            + sub.own().join() + sub.over().join() + sub.kept().join();
                      }
                    }
                    """)))
        .isEqualTo("8REDooownsubkept");
  }

  @Test
  void defaultPackageKeywordsAndTakenNamesDoNoHarm() throws Exception {
    assertThat(
            run(
                """
                import dev.poolwright.Pools;
                import dev.poolwright.annotation.*;
                class Main {
                  @Async String get(String main, String getSite, String pools, String options, String other) {
                    return main + getSite + pools + options + other;
                  }
                  @Async static int hash(int hashCode, int clone, int wait, int on, int target) {
                    return hashCode + clone + wait + on + target;
                  }
                  @Async Get call(Get get) { return get; }
                  @Async String GET() { return "GET"; }
                  @Async Integer integer(Integer i) { return i; }
                  static Object run(Pools pools) {
                    AsyncMain main = new AsyncMain(new Main(), pools);
                    return main.get("a", "b", "c", "d", "e").join() + main.hash(1, 2, 3, 4, 5).join()
                        + main.call(new Get()).join() + main.GET().join() + main.integer(1).join()
                        + new AsyncInt(new Int(), pools).go().join();
                  }
                }
                """,
                "class Get { public String toString() { return \"got\"; } }",
                "class Int { @dev.poolwright.annotation.Async String go() { return \"int\"; } }"))
        .isEqualTo("abcde15gotGET1int");
  }

  @Test
  void stagesVoidsAndCallbacksRun() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    public class Main {
                      final List<String> log = new CopyOnWriteArrayList<>();
                      @Async CompletableFuture<? extends Number> later(int i) { return CompletableFuture.completedFuture(i); }
                      @Async CompletionStage<String> stage() { return CompletableFuture.completedStage("s"); }
                      @Async Void nothing() { return null; }
                      @Async void save(String page) { log.add("save " + page); }
                      @Async @Callback("stage") int parse(String page) { return page.length(); }
                      @Callback("parse") void parsed(int length) { log.add("parsed " + length); }
                      @Callback("save") void saved() { log.add("saved"); }
                      @Callback("save") static void both(Void none, Throwable failure) {}
                      @Callback void failed(Throwable failure) { log.add("failed " + failure.getMessage()); }
                      @Callback("fail") void done(Task<String> task) { log.add(task.name()); }
                      @Async static String fail() { throw new IllegalStateException("no"); }
                      static Object run(Pools pools) {
                        Main target = new Main();
                        AsyncMain main = new AsyncMain(target, pools).with(CallOption.noTimeout());
                        String results = "" + main.later(4).join() + main.stage().join() + main.nothing().join();
                        main.save("x").join();
                        main.fail().handle((r, e) -> r).join();
                        return results + target.log;
                      }
                    }
                    """)))
        .isEqualTo("4snull[parsed 1, save x, saved, failed no, Main.fail()]");
  }

  @Test
  void deprecationAndRawTypesAreSuppressed() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    @SuppressWarnings({"rawtypes", "unchecked"})
                    class Main {
                      /** Old. @deprecated use another */
                      @Deprecated @Async String old(List raw) { return "old" + raw; }
                      @SuppressWarnings({"rawtypes", "deprecation"}) @Async Map<String, Set> sets(Old old) { return Map.of(); }
                      @SafeVarargs @Async static <T> int many(T... items) { return items.length; }
                      @SuppressWarnings("deprecation")
                      static String run(Pools pools) {
                        AsyncMain main = new AsyncMain(new Main(), pools);
                        return main.old(List.of(1)).join();
                      }
                    }
                    """),
                "package demo;\n@Deprecated class Old {}"))
        .isEqualTo("old[1]");
  }

  @Test
  void kotlinUnitsNullsAndPackagePrivateNestedClassesRun() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    import kotlin.Unit;
                    import org.jspecify.annotations.Nullable;
                    class Main {
                      static class Inner {
                        static final class Deep {
                          private final String name;
                          Deep() { this("deep"); }
                          Deep(String name) { this.name = name; }
                          @Async protected @Nullable String name(@Nullable String other) { return other == null ? null : name + other; }
                        }
                      }
                      @Async Unit unit() { return Unit.INSTANCE; }
                      @Async List<@Nullable String> nulls(@Nullable String... all) { return Arrays.asList(all); }
                      static Object run(Pools pools) {
                        AsyncMain main = new AsyncMain(new Main(), pools);
                        AsyncMain_Inner_Deep deep = new AsyncMain_Inner_Deep(new Inner.Deep("d"), pools);
                        return (main.unit().join() == Unit.INSTANCE) + "" + main.nulls("a", null).join()
                            + deep.name(null).join() + deep.name("e").join()
                            + deep.nameAll(List.of("x", "y")).toList();
                      }
                    }
                    """),
                "package kotlin;\npublic final class Unit {"
                    + " public static final Unit INSTANCE = new Unit(); private Unit() {} }"))
        .isEqualTo("true[a, null]nullde[dx, dy]");
  }

  @Test
  void checkedExceptionsArriveAsTheyAre() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    import java.io.IOException;
                    class Main {
                      static class Lost extends Exception { static final long serialVersionUID = 1; }
                      @Async void lose() throws Lost, IOException { throw new Lost(); }
                      @Async static <X extends Throwable> void sneak(X what) throws X { throw what; }
                      static Object run(Pools pools) {
                        AsyncMain main = new AsyncMain(new Main(), pools);
                        return main.lose().handle((r, e) -> e.getClass().getSimpleName()).join()
                            + main.sneak(new IOException("io")).exceptionNow().getMessage();
                      }
                    }
                    """)))
        .isEqualTo("Lostio");
  }

  @Test
  void stagesKeepAPlaceEach() throws Exception {
    String source =
        demo(
            """
            class Main {
              final List<CompletableFuture<String>> open = new CopyOnWriteArrayList<>();
              @Async(pool = "some", maxWorkers = 3) CompletionStage<String> later() {
                CompletableFuture<String> stage = new CompletableFuture<>();
                open.add(stage);
                return stage;
              }
              @Async(pool = "some") String last() {
                while (open.size() < 2) Thread.onSpinWait();
                open.forEach(each -> each.complete("done"));
                return "last";
              }
              @SuppressWarnings("AsyncWaitInPool")
              static Object run(Pools pools) {
                AsyncMain main = new AsyncMain(new Main(), pools);
                Task<String> first = main.later();
                Task<String> second = main.later();
                return main.last().join() + first.join() + second.join();
              }
            }
            """);
    try (Pools pools = Pools.builder().pool(ThreadPoolConfig.named("some").maxWorkers(3)).build()) {
      assertThat(Compiled.of(source).clean().run("demo.Main", pools)).isEqualTo("lastdonedone");
    }
  }

  @Test
  void namesOfTheUsersOwnHideNothing() throws Exception {
    assertThat(
            run(
                demo(
                    """
                    class Main {
                      @Async Iterable all(String text, Object o) { return new Iterable(); }
                      @Async void fail(List<? extends Override> l) throws java.lang.Exception {}
                      static java.lang.Object run(Pools pools) {
                        AsyncMain main = new AsyncMain(new Main(), pools);
                        return main.all(new String(), new Object()).join().toString();
                      }
                    }
                    """),
                "package demo;\nclass Iterable {"
                    + " public java.lang.String toString() { return \"own\"; } }",
                "package demo;\nclass String {}",
                "package demo;\nclass Object {}",
                "package demo;\nclass Void {}",
                "package demo;\nclass Exception {}",
                "package demo;\nclass Override {}",
                "package demo;\nclass Throwable {}"))
        .isEqualTo("own");
  }

  @Test
  void whatAnotherProcessorWritesInTheSameBuildRuns() throws Exception {
    Maker maker =
        new Maker(
            Map.of(
                "demo.Marked",
                "package demo;\n@interface Marked {}",
                "demo.Made",
                "package demo;\nimport dev.poolwright.annotation.*;\n"
                    + "@Marked final class Made implements java.io.Serializable {"
                    + " static final long serialVersionUID = 1;"
                    + " @Async(pool = \"made\", maxWorkers = 1) String name() { return \"made\"; }"
                    + " @Callback(\"name\") void named(String name) {} }"));
    Compiled compiled =
        Compiled.beside(
            maker,
            demo(
                """
                @Marked class Main {
                  @Async(pool = "made") @Marked Made get(@Marked Made made) { return made; }
                  static Object run(Pools pools) {
                    Made made = new AsyncMain(new Main(), pools).get(new Made()).join();
                    return new AsyncMade(made, pools).name().join();
                  }
                }
                """));
    try (Pools pools = Pools.direct()) {
      assertThat(compiled.clean().run("demo.Main", pools)).isEqualTo("made");
    }
  }
}
