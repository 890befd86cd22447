package dev.poolwright.internal.process.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.TaskProgress;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.process.Calls.Echo;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.ProcessMark;
import dev.poolwright.internal.wire.RunWord;
import dev.poolwright.internal.wire.WorkerSetup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a driver, and a worker JVM, make of frames whose contents are lies. */
@Timeout(120)
class HostileFramesTest {
  private static final int LIMIT = 1 << 16;
  private static final long MOST_ALLOCATED = 4 << 20;

  private final long seed = Long.getLong("poolwright.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Payloads payloads = new Payloads(List.of(), LIMIT);
  private final Outcomes outcomes = new Outcomes(payloads);

  @TempDir Path temp;

  /** Swallows what is written, and gives what it was made with. */
  private record OneWay(ByteBuffer bytes) implements ByteChannel {
    @Override
    public int read(ByteBuffer to) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int some = Math.min(to.remaining(), bytes.remaining());
      to.put(bytes.slice(bytes.position(), some));
      bytes.position(bytes.position() + some);
      return some;
    }

    @Override
    public int write(ByteBuffer from) {
      int some = from.remaining();
      from.position(from.limit());
      return some;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private int words;
  private final Life life =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  @AfterEach
  void endEngine() throws InterruptedException {
    life.shutdownNow();
    assertThat(life.awaitTermination(TimeUnit.SECONDS.toNanos(10))).isTrue();
  }

  private WorkerJvm worker(ByteBuffer says, FakeProcess process) throws IOException {
    return new WorkerJvm(
        "cpu",
        "cpu-1",
        process,
        new ProcessMark(""),
        OutputStream.nullOutputStream(),
        new FrameChannel(new OneWay(says), LIMIT),
        RunWord.create(temp.resolve("word" + ++words)),
        new OutputDrain("out", InputStream.nullInputStream(), line -> {}),
        new OutputDrain("err", InputStream.nullInputStream(), line -> {}),
        Instant.now(),
        100,
        new ProcessEnd(life),
        new WorkerFiles(temp.resolve("word"), temp.resolve("crash"), ""));
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** A good answer to an echo of a list. */
  private byte[] goodOutcome() {
    PayloadBuffer out = new PayloadBuffer(LIMIT);
    switch (random.nextInt(3)) {
      case 0 -> outcomes.writeReturned("echo", List.of("one", 2, new int[] {3}), out);
      case 1 -> outcomes.writeThrown(new IllegalStateException("no"), null, out);
      default -> outcomes.writeReturned("echo", "text", out);
    }
    return out.toByteArray();
  }

  private byte[] spoilt(byte[] good) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(5); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4) * 0x7F);
    }
    return random.nextInt(4) > 0
        ? bytes
        : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  private int lie(int truth) {
    int[] lies = {
      0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt(), random.nextInt(100)
    };
    return random.nextInt(4) > 0 ? truth : lies[random.nextInt(lies.length)];
  }

  private ByteBuffer frame(long call) {
    byte[] outcome = spoilt(goodOutcome());
    ByteBuffer payload = ByteBuffer.allocate(outcome.length + 100);
    FrameType[] types = {
      FrameType.OUTCOME, FrameType.OUTCOME, FrameType.PROGRESS, FrameType.EXITING, FrameType.CALL
    };
    FrameType type = types[random.nextInt(types.length)];
    if (type == FrameType.PROGRESS) {
      payload.putInt(lie(0)).putLong(random.nextLong());
    } else if (type != FrameType.EXITING) {
      payload.putInt(lie(0)).putInt(lie(1));
    }
    payload.putInt(lie(outcome.length)).put(outcome).flip();
    return ByteBuffer.allocate(payload.remaining() + 13)
        .putInt(payload.remaining() + 9)
        .put(type.code())
        .putLong(random.nextInt(10) > 0 ? call : call + 1)
        .put(payload)
        .flip();
  }

  @Test
  @DisplayName("fuzz: a worker that lies gives its driver outcomes or an IOException, nothing else")
  void driverSurvivesLies() throws IOException {
    System.out.println("HostileFramesTest.driverSurvivesLies seed " + seed);
    int answered = 0;
    for (int round = 0; round < 2_000; round++) {
      ByteBuffer says = ByteBuffer.allocate(1 << 18);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        says.put(frame(5));
      }
      WorkerJvm worker = worker(says.flip(), new FakeProcess());
      int[] ended = new int[1];
      long before = allocated();
      try {
        worker.exchange(5, ByteBuffer.allocate(0), 1, listener(ended), ByteBuffer.allocate(4));
        answered++;
      } catch (IOException e) {
        assertThat(ended[0]).isLessThanOrEqualTo(1);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
      assertThat(ended[0]).as("seed %s, round %s", seed, round).isLessThanOrEqualTo(1);
      assertThat(allocated() - before)
          .as("seed %s, round %s: bytes allocated", seed, round)
          .isLessThan(MOST_ALLOCATED);
    }
    assertThat(answered).isGreaterThan(100);
  }

  private WorkerJvm.CallListener listener(int[] ended) {
    return new WorkerJvm.CallListener() {
      @Override
      public void ended(int element, ByteBuffer outcome) throws IOException {
        Object unused =
            outcomes.read("echo", Echo.class, Echo.class.getClassLoader(), "cpu-1", outcome);
        ended[0]++;
      }

      @Override
      public void progress(int element, TaskProgress progress) {}
    };
  }

  @Test
  @DisplayName("fuzz: a worker reads set-up, headers and calls that are lies without other harm")
  void workerSurvivesLies() throws IOException {
    System.out.println("HostileFramesTest.workerSurvivesLies seed " + seed);
    PayloadBuffer header = new PayloadBuffer(LIMIT);
    new CallHeader("echo", Echo.class.getName(), "", false, 0).write(header);
    byte[] setup = bytes(new WorkerSetup("cpu-1", "", List.of("a"), List.of("b"), 1, 1).write());
    byte[] call = bytes(payloads.writeCall("echo", new Echo(List.of("one", new long[3]))));
    for (int round = 0; round < 2_000; round++) {
      long before = allocated();
      try {
        Object unused = WorkerSetup.read(ByteBuffer.wrap(spoilt(setup)));
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        assertThat(e).isNotNull();
      }
      try {
        Object unused = CallHeader.read(ByteBuffer.wrap(spoilt(header.toByteArray())));
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        assertThat(e).isNotNull();
      }
      try {
        Object unused = payloads.readCall("echo", Echo.class, ByteBuffer.wrap(spoilt(call)));
      } catch (TaskSerializationException e) {
        assertThat(e).hasMessageContaining("argument cannot be read");
      }
      assertThat(allocated() - before)
          .as("seed %s, round %s: bytes allocated", seed, round)
          .isLessThan(MOST_ALLOCATED);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] all = new byte[buffer.remaining()];
    buffer.get(all);
    return all;
  }

  @Test
  @Tag("scenario-246")
  @DisplayName("an array that claims more elements than its payload has bytes for is refused")
  void refusesArraysThatAreLies() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new long[3]);
    }
    byte[] stream = bytes.toByteArray();
    int length = stream.length - 3 * Long.BYTES - Integer.BYTES;
    ByteBuffer.wrap(stream).putInt(length, 60_000); // Under the limit of elements, 480 kB.
    PayloadBuffer out = new PayloadBuffer(LIMIT);
    outcomes.writeReturned("echo", new long[3], out);
    byte[] outcome = out.toByteArray();
    System.arraycopy(stream, 0, outcome, outcome.length - stream.length, stream.length);
    assertThat(
            outcomes
                .read(
                    "echo", Echo.class, Echo.class.getClassLoader(), "x", ByteBuffer.wrap(outcome))
                .failure())
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("an array of 60000 elements in a payload of");
  }

  @Test
  @Tag("scenario-226")
  @DisplayName("a worker JVM that cannot be killed is an error in the log, and no hang")
  void tellsOfImmortalWorkers() throws IOException {
    FakeProcess process = new FakeProcess();
    WorkerJvm worker = worker(ByteBuffer.allocate(0), process);
    worker.reapWithin(TimeUnit.MILLISECONDS.toNanos(20));
    assertThat(worker.borrow()).isTrue();
    worker.kill();
    try (LogLines log = new LogLines()) {
      assertThat(worker.reap().exitCode()).isEqualTo(-1);
      assertThat(log.lines())
          .containsExactly(
              "worker JVM cpu-1, pid 2147483647 of pool \"cpu\" is alive although it was killed"
                  + " twice; it is left to the operating system");
    }
    assertThat(process.kills()).isGreaterThanOrEqualTo(4); // Each is sent twice, or more often.
    assertThatThrownBy(process::exitValue).isNotNull();
  }
}
