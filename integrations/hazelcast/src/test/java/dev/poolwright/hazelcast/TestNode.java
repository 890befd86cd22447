package dev.poolwright.hazelcast;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A worker node in a JVM of its own, on loopback. */
final class TestNode implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new ArrayList<>(); // Guarded by itself.
  private final CountDownLatch ready = new CountDownLatch(1);
  private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Thread reader;

  private TestNode(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "node-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** A port that nobody has at the moment, and that no outgoing connection gets. */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Another.
      }
    }
  }

  /**
   * Starts one.
   *
   * @param classPath in front of the test's own; may be empty
   * @param options of the node
   */
  static TestNode start(String classPath, List<String> options) throws IOException {
    return start(List.of(), classPath, List.of(), options);
  }

  static TestNode start(String classPath, List<String> jvm, List<String> options)
      throws IOException {
    return start(List.of(), classPath, jvm, options);
  }

  /** With words in front of the command. */
  static TestNode start(
      List<String> launcher, String classPath, List<String> jvm, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(jvm);
    String own = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", classPath.isEmpty() ? own : classPath + ':' + own));
    command.add("dev.poolwright.hazelcast.WorkerNode");
    command.addAll(options);
    return new TestNode(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader in = process.inputReader()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
        said.add(line);
        if (line.startsWith("READY")) {
          ready.countDown();
        }
      }
    } catch (IOException e) {
      // It ended.
    } finally {
      ready.countDown();
    }
  }

  /** Waits until it takes calls. */
  TestNode awaitReady() throws InterruptedException {
    if (!ready.await(60, TimeUnit.SECONDS) || !output().contains("READY")) {
      throw new IllegalStateException("the node is not ready:\n" + output());
    }
    return this;
  }

  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill ended with " + code);
    }
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the node does not end:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
