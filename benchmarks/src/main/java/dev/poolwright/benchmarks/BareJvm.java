package dev.poolwright.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What of a start is the JVM's own: one that says a byte, and one that connects a Unix socket
 * first, without this library. Its {@code main} is the child.
 */
final class BareJvm {

  private static final int WARM_UP = 3;
  private static final int RUNS = 15;

  private BareJvm() {}

  /**
   * A child JVM.
   *
   * @param args the socket to connect; none to connect none
   * @throws IOException when there is no such socket
   */
  public static void main(String[] args) throws IOException {
    SocketChannel channel =
        args.length == 0 ? null : SocketChannel.open(UnixDomainSocketAddress.of(args[0]));
    new FileOutputStream(FileDescriptor.out).write(1);
    if (channel != null) {
      channel.close();
    }
  }

  static void measure() throws IOException, InterruptedException, TimeoutException {
    Figures.print("bare-jvm", "ms", WARM_UP, RUNS, () -> first(List.of()));
    Path directory = Files.createTempDirectory("bare");
    Path socket = directory.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket), WARM_UP + RUNS);
      Figures.print(
          "bare-jvm-with-socket", "ms", WARM_UP, RUNS, () -> first(List.of(socket.toString())));
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(directory);
    }
  }

  private static double first(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                BareJvm.class.getName()));
    command.addAll(arguments);
    long start = System.nanoTime();
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    ProcessBenchmark.check(child.getInputStream().read(), 1);
    double millis = ProcessBenchmark.millisSince(start);
    child.waitFor();
    return millis;
  }
}
