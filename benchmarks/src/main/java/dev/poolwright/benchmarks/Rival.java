package dev.poolwright.benchmarks;

import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A way to run a method on a pool of threads. Each has the loop in its own class, and profile. */
abstract class Rival implements AutoCloseable {

  private final String name;
  private final int workers;

  Rival(String name, int workers) {
    this.name = name;
    this.workers = workers;
  }

  final String name() {
    return name;
  }

  /** Submits calls, which nobody waits for. */
  abstract void submit(int calls);

  /** Submits calls, and waits for each. */
  abstract void submitAndGet(int calls) throws ExecutionException, InterruptedException;

  abstract ExecutorService executor();

  @Override
  public void close() {
    executor().shutdown();
  }

  /** Waits until all that was submitted has run: until each worker is at a barrier behind it. */
  final void awaitAll() throws InterruptedException, BrokenBarrierException {
    CyclicBarrier barrier = new CyclicBarrier(workers + 1);
    Callable<Integer> meets = barrier::await;
    List<Future<Integer>> unused = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      unused.add(executor().submit(meets));
    }
    barrier.await();
  }

  private static ThreadPoolExecutor rawExecutor(int workers, int capacity) {
    return new ThreadPoolExecutor(
        workers,
        workers,
        60,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(capacity),
        (task, executor) -> {
          try {
            executor.getQueue().put(task);
          } catch (InterruptedException e) {
            throw new RejectedExecutionException(e);
          }
        });
  }

  /** {@link ThreadPoolExecutor#submit(Callable)}. */
  static final class Raw extends Rival {
    private final ThreadPoolExecutor executor;
    private final Tiny tiny;

    Raw(int workers, int capacity, int turns) {
      super("raw", workers);
      this.executor = rawExecutor(workers, capacity);
      this.tiny = new Tiny(turns);
    }

    @Override
    void submit(int calls) {
      for (int i = 0; i < calls; i++) {
        int number = i & 63;
        Future<Integer> unused = executor.submit(() -> tiny.next(number));
      }
    }

    @Override
    void submitAndGet(int calls) throws ExecutionException, InterruptedException {
      for (int i = 0; i < calls; i++) {
        int number = i & 63;
        executor.submit(() -> tiny.next(number)).get();
      }
    }

    @Override
    ExecutorService executor() {
      return executor;
    }
  }

  /** {@link CompletableFuture#supplyAsync} on a raw executor. */
  static final class SupplyAsync extends Rival {
    private final ThreadPoolExecutor executor;
    private final Tiny tiny;

    SupplyAsync(int workers, int capacity, int turns) {
      super("supplyAsync", workers);
      this.executor = rawExecutor(workers, capacity);
      this.tiny = new Tiny(turns);
    }

    @Override
    void submit(int calls) {
      for (int i = 0; i < calls; i++) {
        int number = i & 63;
        Future<Integer> unused = CompletableFuture.supplyAsync(() -> tiny.next(number), executor);
      }
    }

    @Override
    void submitAndGet(int calls) throws ExecutionException, InterruptedException {
      for (int i = 0; i < calls; i++) {
        int number = i & 63;
        CompletableFuture.supplyAsync(() -> tiny.next(number), executor).get();
      }
    }

    @Override
    ExecutorService executor() {
      return executor;
    }
  }

  /** A generated proxy. */
  static final class Proxy extends Rival {
    private final Pools pools;
    private final AsyncTiny tiny;

    Proxy(int workers, int capacity, int turns) {
      super("proxy", workers);
      this.pools =
          Pools.builder()
              .pool(ThreadPoolConfig.named("io").maxWorkers(workers).queueCapacity(capacity))
              .build();
      this.tiny = new AsyncTiny(new Tiny(turns), pools);
    }

    @Override
    void submit(int calls) {
      for (int i = 0; i < calls; i++) {
        int number = i & 63;
        Future<Integer> unused = tiny.next(number);
      }
    }

    @Override
    void submitAndGet(int calls) throws ExecutionException, InterruptedException {
      for (int i = 0; i < calls; i++) {
        int number = i & 63;
        tiny.next(number).get();
      }
    }

    @Override
    ExecutorService executor() {
      return pools.pool("io");
    }

    @Override
    public void close() {
      pools.close();
    }
  }
}
