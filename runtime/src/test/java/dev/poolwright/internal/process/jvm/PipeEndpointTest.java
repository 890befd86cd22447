package dev.poolwright.internal.process.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.process.Calls.Echo;
import dev.poolwright.internal.process.OneWorker;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Named pipes: who is let in, what either side sees of the other's end, and what stays behind. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class PipeEndpointTest {

  private static final int ROUNDS = Math.max(20, Integer.getInteger("poolwright.repeat", 1));
  private static final byte[] TOKEN = new byte[Hello.TOKEN_BYTES];

  @TempDir Path temp;

  @BeforeEach
  void needsPipes() {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
  }

  private PipeEndpoint open() {
    return Objects.requireNonNull(PipeEndpoint.open(files("")));
  }

  private WorkerEndpoint.Names files(String prefix) {
    return WorkerEndpoint.Names.in(temp, prefix);
  }

  /** What a worker does. */
  private final class Worker implements Closeable {
    final FileInputStream in = new FileInputStream(files("").down().toFile());
    final FileOutputStream out = new FileOutputStream(files("").up().toFile());

    Worker() throws IOException {}

    void greet(byte[] token) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (WritableByteChannel channel = Channels.newChannel(bytes)) {
        ByteBuffer hello = new Hello(token).write();
        ByteBuffer header = ByteBuffer.allocate(FrameChannel.HEADER_BYTES);
        header.putInt(9 + hello.remaining()).put(FrameType.HELLO.code()).putLong(0).flip();
        channel.write(header);
        channel.write(hello);
      }
      out.write(bytes.toByteArray());
    }

    @Override
    public void close() throws IOException {
      try (in) {
        out.close();
      }
    }
  }

  private static <T> FutureTask<T> beside(java.util.concurrent.Callable<T> what) {
    FutureTask<T> task = new FutureTask<>(what);
    new Thread(task, "beside").start();
    return task;
  }

  private static Throwable failureOf(FutureTask<?> task) {
    try {
      Object result = task.get();
      throw new AssertionError("it has a result: " + result);
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  @Test
  @DisplayName("the pipes are this user's alone, whatever the umask says")
  void makesPrivatePipes() throws IOException {
    try (PipeEndpoint endpoint = open()) {
      assertThat(endpoint.address()).startsWith("pipe:" + temp);
      WorkerEndpoint.Names files = files("");
      for (Path each : List.of(files.down(), files.up(), files.tether())) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  @DisplayName("each side sees the other's end, and no descriptor stays")
  void seesEnds() throws IOException {
    try (PipeEndpoint endpoint = open()) { // Loads what the rounds would otherwise load.
      assertThat(endpoint.provider()).isEmpty();
    }
    remove();
    long before = descriptors();
    for (int round = 0; round < ROUNDS; round++) {
      connect().close();
      assertThatThrownBy(accepted::receive).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> accepted.send(FrameType.SETUP, 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Broken pipe");
      accepted.close();
      remove();
      try (Worker worker = connect()) {
        accepted.close();
        assertThat(worker.in.read()).isEqualTo(-1);
        assertThatThrownBy(() -> worker.out.write(1)).isInstanceOf(IOException.class);
      }
      remove();
    }
    assertThat(descriptors()).isLessThan(before + ROUNDS); // The JVM opens some of its own.
  }

  private FrameChannel accepted; // By the last connect().

  private Worker connect() throws IOException {
    try (PipeEndpoint endpoint = open()) {
      Worker worker = new Worker();
      worker.greet(TOKEN);
      accepted = endpoint.accept(TOKEN, 1_000);
      return worker;
    }
  }

  private void remove() throws IOException {
    WorkerDirectory.remove(files("").all());
  }

  @Test
  @DisplayName("closing the endpoint ends the wait for a worker that never comes, or says nothing")
  void endsTheWait() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      PipeEndpoint endpoint = open();
      FutureTask<FrameChannel> accepts = beside(() -> endpoint.accept(TOKEN, 1_000));
      Worker silent = round % 2 == 0 ? null : new Worker();
      endpoint.close();
      assertThat(failureOf(accepts)).isInstanceOf(IOException.class);
      if (silent != null) {
        silent.close();
      }
      remove();
    }
  }

  @Test
  @DisplayName("closing the channel ends a read and a write that wait")
  void endsReadAndWrite() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (Worker worker = connect()) {
        FrameChannel channel = accepted;
        channel.limitPayloads(1 << 20);
        FutureTask<?> reads = beside(channel::receive);
        FutureTask<?> writes =
            beside(
                () -> {
                  channel.send(FrameType.CALL, 1, ByteBuffer.allocate(1 << 20));
                  return 0;
                });
        assertThat(worker.in.read()).isZero(); // The write has begun; it cannot end.
        channel.close();
        assertThat(failureOf(reads)).isInstanceOf(IOException.class);
        assertThat(failureOf(writes)).isInstanceOf(IOException.class);
      }
      remove();
    }
  }

  @Test
  @DisplayName("who does not know the token is refused")
  void refusesStrangers() throws IOException {
    byte[] wrong = new byte[Hello.TOKEN_BYTES];
    wrong[31] = 1;
    try (PipeEndpoint endpoint = open();
        Worker worker = new Worker()) {
      worker.greet(wrong);
      assertThatThrownBy(() -> endpoint.accept(TOKEN, 1_000))
          .isInstanceOf(ProtocolDesyncException.class)
          .hasMessage("somebody else wrote to " + files("").up());
    }
  }

  @Test
  @DisplayName("where no pipe can be made there is none, and nothing is left of the attempt")
  void saysThatThereCanBeNone() throws IOException {
    Path up = Files.createFile(files("1").up()); // So that the second pipe cannot be made.
    assertThat(PipeEndpoint.open(files("1"))).isNull();
    assertThat(up).isEmptyFile();
  }

  @Test
  @DisplayName("a worker JVM connects by a socket where the system has no pipes for it")
  void startsBySocket() throws IOException {
    String system = System.getProperty("os.name");
    System.setProperty("os.name", "Other");
    try (OneWorker worker = OneWorker.start()) {
      assertThat(worker.call(new Echo(1)).value()).isEqualTo(1);
      assertThat(worker.call(new Echo(2)).value()).isEqualTo(2);
    } finally {
      System.setProperty("os.name", system);
    }
  }
}
