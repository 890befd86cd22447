package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.process.jvm.SocketEndpoint;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Hello;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What others on the machine see of worker JVMs: nothing. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class PrivacyTest {

  private static final Path PROC = Path.of("/proc");
  private static final int LISTENING = 0x0A;

  @TempDir Path temp;

  /** Inodes of TCP sockets that listen, whoever has them. */
  private static Set<String> listening() throws IOException {
    Set<String> inodes = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      Path file = PROC.resolve("net").resolve(table);
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] columns = line.trim().split("\\s+", -1);
          if (columns.length > 9
              && !columns[3].equals("st")
              && Integer.parseInt(columns[3], 16) == LISTENING) {
            inodes.add("socket:[" + columns[9] + "]");
          }
        }
      }
    }
    return inodes;
  }

  /** What the file descriptors of a process are. */
  private static List<String> descriptors(long pid) throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> links = Files.list(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
      for (Path link : links.toList()) {
        try {
          all.add(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
          // Closed meanwhile, as that of this very look is.
        }
      }
    }
    return all;
  }

  /** Standard input is the application's own, as for any child of it. */
  private static Set<String> channels(long pid) throws IOException {
    String input = Files.readSymbolicLink(PROC.resolve("self/fd/0")).toString();
    return descriptors(pid).stream()
        .filter(name -> !name.equals(input))
        .filter(name -> name.matches("(socket|pipe):.*|.*/[0-9a-z]+\\.(down|up)( .*)?"))
        .collect(Collectors.toSet());
  }

  private static ProcessPoolConfig config(int workers) {
    return ProcessPoolConfig.named("cpu").maxWorkers(workers).jvmArgs("-Xmx64m");
  }

  @Test
  @DisplayName("nothing listens on a network port, in the parent or in a worker JVM")
  void opensNoPort() throws IOException {
    assumeTrue(Files.isDirectory(PROC.resolve("self")));
    try (Pools pools = Pools.builder().pool(config(2)).build()) {
      Set<String> before = listening();
      long worker = pools.pool("cpu").submit(() -> ProcessHandle.current().pid()).join();
      Set<String> own = new HashSet<>(channels(ProcessHandle.current().pid()));
      own.removeAll(before); // Of other tests, or of Surefire.
      own.addAll(channels(worker));
      assertThat(own).isNotEmpty().doesNotContainAnyElementsOf(listening());
    }
  }

  @Test
  @Tag("scenario-242")
  @DisplayName("worker JVMs share no pipe and no socket, so that each end is noticed")
  void sharesNoDescriptors() throws Exception {
    assumeTrue(Files.isDirectory(PROC.resolve("self")));
    try (Gate gate = new Gate();
        Pools pools = Pools.builder().pool(config(3)).build()) {
      Pool pool = pools.pool("cpu");
      int port = gate.port();
      List<Task<Long>> tasks = new ArrayList<>();
      List<Gate.Visitor> visitors = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        tasks.add(
            pool.submit(
                () -> {
                  String unused = Gate.stop(port);
                  return ProcessHandle.current().pid();
                }));
        visitors.add(gate.next());
      }
      Set<String> seen = new HashSet<>();
      for (ProcessHandle worker : ProcessHandle.current().children().toList()) {
        Set<String> own = channels(worker.pid());
        assertThat(own).hasSizeGreaterThanOrEqualTo(4); // Three streams and the channel.
        assertThat(seen).doesNotContainAnyElementsOf(own);
        seen.addAll(own);
      }
      for (Gate.Visitor visitor : visitors) {
        visitor.letGo();
      }
      tasks.forEach(Task::join);
    }
  }

  @Test
  @Tag("scenario-240")
  @Tag("scenario-241")
  @DisplayName("the directory is private, empty once workers run, and gone with the pool")
  void keepsFilesPrivate() throws Exception {
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", temp.toString());
    try (Gate gate = new Gate();
        Pools pools = Pools.builder().pool(config(2)).build()) {
      Pool pool = pools.pool("cpu");
      int port = gate.port();
      Task<String> held = pool.submit(() -> Gate.stop(port));
      Gate.Visitor visitor = gate.next();
      long second = pool.submit(() -> ProcessHandle.current().pid()).join();
      List<Path> made = list(temp);
      assertThat(made).hasSize(1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.get(0))))
          .isEqualTo("rwx------");
      assertThat(list(made.get(0))).isEmpty();
      ProcessHandle.of(second).orElseThrow().destroyForcibly();
      assertThat(pool.submit(() -> 1).join()).isEqualTo(1); // By a third one, in its place.
      assertThat(list(made.get(0))).isEmpty();
      visitor.letGo();
      held.join();
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    assertThat(list(temp)).isEmpty();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  private static SocketChannel connect(Path socket) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static int readsFrom(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(100));
    } catch (IOException e) {
      return -1; // Reset: as good as closed.
    }
  }

  @Test
  @DisplayName("strangers who connect get nothing, and hold nobody up, whatever they say or do not")
  void tellsStrangersNothing() throws Exception {
    byte[] token = new byte[Hello.TOKEN_BYTES];
    byte[] wrong = new byte[Hello.TOKEN_BYTES];
    wrong[31] = 1;
    Path socket = temp.resolve("s");
    assumeTrue(temp.toString().length() < 90);
    try (TestLife life = new TestLife();
        SocketEndpoint endpoint =
            SocketEndpoint.open(socket, TimeUnit.SECONDS.toNanos(1), life.deadlines())) {
      assertThat(endpoint.address()).isEqualTo("unix:" + socket);
      FutureTask<FrameChannel> accepts = new FutureTask<>(() -> endpoint.accept(token, 1_000));
      Thread accepter = new Thread(accepts, "accepter");
      accepter.start();
      try (SocketChannel silent = connect(socket);
          SocketChannel rude = connect(socket);
          SocketChannel liar = connect(socket)) {
        rude.write(StandardCharsets.US_ASCII.encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        FrameChannel lies = new FrameChannel(liar, 1_000);
        lies.send(FrameType.HELLO, 0, new Hello(wrong).write());
        try (FrameChannel worker = new FrameChannel(connect(socket), 1_000)) {
          worker.send(FrameType.HELLO, 0, new Hello(token).write());
          for (SocketChannel stranger : List.of(silent, rude, liar)) {
            assertThat(readsFrom(stranger)).isEqualTo(-1);
          }
          try (FrameChannel accepted = accepts.get(30, TimeUnit.SECONDS)) {
            accepted.send(FrameType.SETUP, 7);
            assertThat(worker.receive().call()).isEqualTo(7);
          }
        }
      }
      accepter.join();
    }
  }
}
