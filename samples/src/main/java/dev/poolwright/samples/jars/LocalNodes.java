package dev.poolwright.samples.jars;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Worker nodes on this machine with the classes of this program; all of them end with it. */
final class LocalNodes implements AutoCloseable {
  private static final long MOST_SECONDS = 60;

  private final String cluster = "samples-" + ProcessHandle.current().pid();
  private final List<Process> nodes = new ArrayList<>();
  private final Thread atExit = new Thread(this::kill, "samples-nodes");

  private LocalNodes() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts them, and waits until they take calls.
   *
   * @param pool with its places, as {@code jars=2}
   */
  static LocalNodes start(String pool, int count) throws IOException {
    LocalNodes started = new LocalNodes();
    try {
      started.startAll(pool, count);
      return started;
    } catch (IOException | RuntimeException | Error e) {
      started.kill();
      started.forget();
      throw e;
    }
  }

  private void startAll(String pool, int count) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add("127.0.0.1:" + freePort());
    }
    String all = String.join(",", addresses);
    System.setProperty("poolwright.cluster." + cluster + ".members", all);
    System.setProperty("hazelcast.logging.type", "none");
    for (String bind : addresses) {
      nodes.add(start(pool, bind, all));
    }
    for (Process each : nodes) {
      awaitReady(each);
    }
  }

  private Process start(String pool, String bind, String all) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Dhazelcast.logging.type=none",
            "-Dhazelcast.wait.seconds.before.join=0",
            "-cp",
            classPath(),
            "dev.poolwright.hazelcast.WorkerNode",
            "--cluster",
            cluster,
            "--pool",
            pool,
            "--bind",
            bind,
            "--join",
            all)
        .redirectErrorStream(true)
        .start();
  }

  /** Where this program's classes are, also where Maven runs it in its own JVM. */
  private static String classPath() throws IOException {
    if (!(LocalNodes.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    List<String> paths = new ArrayList<>();
    for (URL each : loader.getURLs()) {
      try {
        paths.add(Path.of(each.toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IOException(e);
      }
    }
    return String.join(File.pathSeparator, paths);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What it says later is a few lines, which fit the pipe. */
  private static void awaitReady(Process node) throws IOException {
    BufferedReader said = node.inputReader();
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith("READY")) {
        return;
      }
      all.append(line).append(' ');
    }
    throw new IOException("a worker node did not start: " + all);
  }

  String cluster() {
    return cluster;
  }

  List<Long> pids() {
    return nodes.stream().map(Process::pid).toList();
  }

  /** As {@code kill -9} does. */
  void killFirst() {
    nodes.get(0).destroyForcibly();
  }

  boolean isKilled(long pid) {
    return nodes.stream().anyMatch(node -> node.pid() == pid && !node.isAlive());
  }

  private void kill() {
    nodes.forEach(Process::destroyForcibly);
  }

  private void forget() {
    System.clearProperty("poolwright.cluster." + cluster + ".members");
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program ends, and the hook runs.
    }
  }

  /** Asks the nodes to end, and waits for that. */
  @Override
  public void close() {
    nodes.forEach(Process::destroy);
    try {
      for (Process each : nodes) {
        if (!each.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
          kill();
        }
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    forget();
  }
}
