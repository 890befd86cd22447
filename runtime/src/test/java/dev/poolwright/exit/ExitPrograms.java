package dev.poolwright.exit;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Programs that end in one way or another; each is a JVM of its own. */
@SuppressWarnings({
  "serial",
  "FutureReturnValueIgnored"
}) // What is submitted here could travel, but never does.
final class ExitPrograms {

  private ExitPrograms() {}

  /** Runs the program that the first argument names. */
  public static void main(String[] args) throws Exception {
    Pools pools = Pools.builder().pool(ThreadPoolConfig.named("io").maxWorkers(1)).build();
    Pool pool = pools.pool("io");
    switch (args[0]) {
      case "returns" -> {
        Task<?> unused = pool.submit(() -> say("apple", 1_000));
        Task<?> last = pool.submit(() -> say("pear", 0));
        System.out.println(last.isDone() ? "too early" : "main ends");
      }
      case "shutdown" -> {
        Task<?> unused = pool.submit(() -> say("apple", 300));
        pools.shutdown();
      }
      case "exit" -> {
        Task<?> unused = pool.submit(() -> System.exit(3));
        new CountDownLatch(1).await();
      }
      case "exit in callback" -> {
        Task<?> unused = pool.submit(() -> 1).onDone(task -> System.exit(3));
        new CountDownLatch(1).await();
      }
      case "signal" -> {
        Task<?> runs = pool.submit(ExitPrograms::block);
        Task<?> waits = pool.submit(() -> say("never", 0));
        waits.onDone(task -> System.out.println("queued: " + task.status()));
        System.out.println("ready " + runs.isDone());
        new CountDownLatch(1).await();
      }
      case "grace" -> {
        CountDownLatch begun = new CountDownLatch(1);
        Task<?> unused =
            pool.submit(
                () -> {
                  begun.countDown();
                  say("apple", 1_500);
                });
        begun.await();
        System.exit(4);
      }
      case "stage" -> {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Task<String> task =
            CallSite.<Object>of(Object.class, "ask()", "io")
                .returnsStage()
                .open(pools)
                .submit(pool, new Ask(answer));
        task.thenAccept(System.out::println);
        Thread answers = new Thread(() -> answer.complete(say("apple", 300)), "answers");
        answers.setDaemon(true);
        answers.start();
      }
      case "close under way" -> {
        CountDownLatch begun = new CountDownLatch(1);
        Task<?> runs =
            pool.submit(
                () -> {
                  begun.countDown();
                  say("apple", 1_500);
                });
        Task<?> waits = pool.submit(() -> say("pear", 0));
        begun.await();
        Thread closer = new Thread(() -> pools.close(Duration.ofSeconds(20)), "closer");
        closer.setDaemon(true);
        closer.start();
        while (!pool.isShutdown()) {
          LockSupport.parkNanos(100_000);
        }
        System.out.println("closing " + runs.isDone() + waits.isDone());
        System.exit(6);
      }
      case "close without end under way" -> {
        Task<?> unused = pool.submit(ExitPrograms::block);
        Thread closer = new Thread(pools::close, "closer");
        closer.setDaemon(true);
        closer.start();
        System.out.println("ready");
        new CountDownLatch(1).await();
      }
      case "opened and closed" -> openAndClose(pools);
      case "submit in a hook" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> submitAtExit(pool), "late"));
        Task<?> unused = pool.submit(ExitPrograms::block);
        System.exit(5);
      }
      case "unobserved" -> fail(pool);
      case "unobserved, collected" -> {
        fail(pool);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
          System.gc();
          boolean unused = never.await(10, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        System.out.println("collected");
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Says how many hooks more there are, and how many failures the handler heard of. */
  private static void openAndClose(Pools first) throws ReflectiveOperationException {
    first.close();
    int unused = openAndClose(1); // Whatever stays of the first, stays once.
    int before = hooks();
    int heard = openAndClose(300);
    System.out.println(hooks() - before + " hooks, " + heard + " heard");
  }

  private static int openAndClose(int times) {
    AtomicInteger heard = new AtomicInteger();
    for (int i = 0; i < times; i++) {
      try (Pools pools =
          Pools.builder()
              .pool(ThreadPoolConfig.named("io").maxWorkers(1))
              .onUnobservedFailure(failure -> heard.incrementAndGet())
              .build()) {
        fail(pools.pool("io"));
      }
    }
    return heard.get();
  }

  private static int hooks() throws ReflectiveOperationException {
    Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
    hooks.setAccessible(true);
    return ((Map<?, ?>) hooks.get(null)).size();
  }

  private static void submitAtExit(Pool pool) {
    // Hooks run at the same time: before the pools' own, a submit is accepted.
    while (true) {
      try {
        Task<?> unused = pool.submit(() -> 1);
      } catch (RejectedExecutionException e) {
        System.out.println(e.getMessage());
        return;
      }
    }
  }

  record Ask(CompletableFuture<String> answer) implements Call<Object, String> {
    @Override
    public CompletionStage<String> on(Object target) {
      return answer;
    }
  }

  private static void fail(Pool pool) {
    Task<?> unused =
        pool.submit(
            () -> {
              throw new IllegalStateException("nobody looks");
            });
  }

  private static String say(String word, long afterMillis) {
    try {
      Thread.sleep(afterMillis); // The task's own work.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    System.out.println(word);
    return word;
  }

  private static void block() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      System.out.println("interrupted");
    }
  }
}
