package dev.poolwright.internal.process.jvm;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A process that nothing ends, as one that the kernel keeps, or that a test speaks for. */
final class FakeProcess extends Process {
  private final AtomicInteger kills = new AtomicInteger();
  private final Supplier<Stream<ProcessHandle>> children;
  private final Runnable onKill;

  FakeProcess() {
    this(Stream::empty, () -> {});
  }

  /**
   * With children.
   *
   * @param children lists them
   * @param onKill told of each kill
   */
  FakeProcess(Supplier<Stream<ProcessHandle>> children, Runnable onKill) {
    this.children = children;
    this.onKill = onKill;
  }

  /** How often somebody tried. */
  int kills() {
    return kills.get();
  }

  @Override
  public long pid() {
    return Integer.MAX_VALUE;
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public int waitFor() {
    throw new AssertionError("waits for ever");
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    unit.sleep(timeout);
    return false;
  }

  @Override
  public int exitValue() {
    throw new IllegalThreadStateException("alive");
  }

  @Override
  public void destroy() {
    kills.incrementAndGet();
  }

  @Override
  public Process destroyForcibly() {
    kills.incrementAndGet();
    onKill.run();
    return this;
  }

  @Override
  public boolean isAlive() {
    return true;
  }

  @Override
  public Stream<ProcessHandle> descendants() {
    return children.get();
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return new CompletableFuture<>();
  }
}
