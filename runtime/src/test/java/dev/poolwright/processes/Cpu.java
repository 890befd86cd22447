package dev.poolwright.processes;

import dev.poolwright.Job;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.contract.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

/** A process pool named cpu, and a gate for its tasks. */
final class Cpu implements AutoCloseable {
  final Pools pools;
  final Pool pool;
  private final Gate gate;
  private final int port;

  Cpu(ProcessPoolConfig config) throws IOException {
    gate = new Gate();
    port = gate.port();
    pools = Pools.builder().pool(config).onUnobservedFailure(failure -> {}).build();
    pool = pools.pool("cpu");
  }

  static ProcessPoolConfig config(int workers) {
    return ProcessPoolConfig.named("cpu").maxWorkers(workers).jvmArgs("-Xmx64m");
  }

  static Cpu of(int workers) throws IOException {
    return new Cpu(config(workers));
  }

  <T> Task<T> submit(Job<T> job) {
    return pool.submit(job);
  }

  /** The process id of the worker JVM that is next, or of the only one. */
  long pid() {
    return pool.submit(Cpu::ownPid).join();
  }

  static long ownPid() {
    return ProcessHandle.current().pid();
  }

  /** Stops at the gate first, and is there when this returns; then goes on as the job says. */
  <T> Held<T> hold(Job<T> job) throws IOException {
    int gatePort = port;
    Task<T> task =
        pool.submit(
            () -> {
              String unused = Gate.stop(gatePort);
              return job.call();
            });
    return new Held<>(task, gate.next());
  }

  /** Begun when this returns; it only counts. */
  Task<Integer> spin() throws IOException {
    Held<Integer> held = hold(Cpu::count);
    held.visitor().letGo();
    return held.task();
  }

  static int count() {
    int turns = 0;
    while (System.nanoTime() != 0) {
      turns++;
    }
    return turns;
  }

  /** A task at the gate. */
  record Held<T>(Task<T> task, Gate.Visitor visitor) {}

  /** Submits again and again, once at least when this returns, until it is rejected. */
  static Thread submitter(Runnable submit) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread submitter =
        new Thread(
            () -> {
              try {
                while (true) {
                  submit.run();
                  begun.countDown();
                }
              } catch (RejectedExecutionException e) {
                // Shut down, as the test wants it.
              }
            },
            "submitter");
    submitter.start();
    begun.await();
    return submitter;
  }

  /** Waits until callbacks have run: then the worker JVM of a stopped task is reaped. */
  static void awaitDone(Task<?> task) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Task<?> unused = task.onDone(ended -> done.countDown());
    done.await();
  }

  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  static void kill(long pid, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    gate.close();
    pools.close(Duration.ZERO);
  }
}
