package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FrameChannelTest {
  private static final int LIMIT = 1_000;

  private final MemoryChannel memory = new MemoryChannel();
  private final FrameChannel channel = new FrameChannel(memory, LIMIT);

  @ParameterizedTest
  @EnumSource(FrameType.class)
  @Tag("scenario-244")
  @DisplayName("every type comes back, with and without payload")
  void bringsEveryTypeBack(FrameType type) throws IOException {
    channel.send(type, Long.MIN_VALUE);
    channel.send(type, 7, ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3}));

    assertThat(channel.receive())
        .isEqualTo(new Frame(type, Long.MIN_VALUE, ByteBuffer.allocate(0)));
    assertThat(channel.receive())
        .isEqualTo(new Frame(type, 7, ByteBuffer.wrap(new byte[] {1, 2, 3})));
  }

  @Test
  @DisplayName("a frame that is sent in part is the last")
  void closesAfterHalfAFrame() {
    memory.failOnce(new StackOverflowError("on purpose"));
    assertThatThrownBy(() -> channel.send(FrameType.OUTCOME, 7, ByteBuffer.wrap(new byte[9])))
        .isInstanceOf(StackOverflowError.class);
    assertThat(memory.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 14, 127, -1})
  @Tag("scenario-244")
  @DisplayName("an unknown type is an error")
  void refusesUnknownTypes(byte code) {
    memory.give(ByteBuffer.allocate(13).putInt(9).put(code).putLong(1).array());
    assertThatThrownBy(channel::receive)
        .isInstanceOf(ProtocolDesyncException.class)
        .hasMessage("frame type is " + code + "; must be 1 to 13");
  }

  @Test
  @Tag("scenario-245")
  @DisplayName("the end before a frame, in its header and in its payload is told apart")
  void tellsEndsApart() {
    assertThatThrownBy(channel::receive)
        .isInstanceOf(EOFException.class)
        .hasMessage("channel ended");
    memory.give(new byte[] {0, 0, 0, 9, 1});
    assertThatThrownBy(channel::receive)
        .isInstanceOf(EOFException.class)
        .hasMessage("channel ended inside a frame, after 5 of 13 bytes");
  }

  @Test
  @Tag("scenario-245")
  @DisplayName("the end in a payload says how much was missing")
  void tellsEndInPayload() {
    memory.give(ByteBuffer.allocate(15).putInt(9 + 4).put((byte) 5).putLong(1).array());
    assertThatThrownBy(channel::receive)
        .isInstanceOf(EOFException.class)
        .hasMessage("channel ended inside a frame, after 2 of 4 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 0, 8})
  @Tag("scenario-245")
  @DisplayName("a length that is negative or shorter than a header is an error")
  void refusesShortLengths(int length) {
    memory.give(ByteBuffer.allocate(13).putInt(length).put((byte) 5).putLong(1).array());
    assertThatThrownBy(channel::receive)
        .isInstanceOf(ProtocolDesyncException.class)
        .hasMessage("frame length is " + length + "; must be 9 or more");
  }

  @Test
  @Tag("scenario-246")
  @DisplayName("a length over the limit is refused before anything is allocated")
  void refusesLengthsOverTheLimit() {
    memory.give(ByteBuffer.allocate(13).putInt(Integer.MAX_VALUE).put((byte) 5).putLong(1).array());
    assertThatThrownBy(channel::receive)
        .isInstanceOf(FrameTooLargeException.class)
        .hasMessage("CALL frame has 2147483638 bytes of payload; limit is 1000");
  }

  @Test
  @Tag("scenario-246")
  @DisplayName("a payload at the limit passes, and the limit can be changed")
  void acceptsPayloadsAtTheLimit() throws IOException {
    channel.send(FrameType.CALL, 1, ByteBuffer.allocate(LIMIT));
    channel.limitPayloads(300_000);
    channel.send(FrameType.CALL, 2, ByteBuffer.allocate(300_000));

    assertThat(channel.receive().payload().remaining()).isEqualTo(LIMIT);
    assertThat(channel.receive().payload().remaining()).isEqualTo(300_000);
  }

  @Test
  @Tag("scenario-247")
  @Tag("scenario-189")
  @DisplayName("an oversized frame is refused before sending, and the channel stays usable")
  void refusesToSendTooMuch() throws IOException {
    assertThatThrownBy(() -> channel.send(FrameType.CALL, 1, ByteBuffer.allocate(LIMIT + 1)))
        .isInstanceOf(FrameTooLargeException.class);
    channel.send(FrameType.READY, 2);
    assertThat(channel.receive().type()).isEqualTo(FrameType.READY);
  }

  @Test
  @Tag("scenario-256")
  @DisplayName("short reads and writes, and reads of nothing, change nothing")
  void survivesShortReads() throws IOException {
    Random random = new Random(256);
    memory.cutUp(random);
    channel.limitPayloads(1 << 20);
    byte[] payload = new byte[200_000];
    random.nextBytes(payload);
    for (int i = 0; i < 20; i++) {
      channel.send(FrameType.OUTCOME, i, ByteBuffer.wrap(payload, 0, i * 10_000));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(channel.receive())
          .isEqualTo(new Frame(FrameType.OUTCOME, i, ByteBuffer.wrap(payload, 0, i * 10_000)));
    }
  }

  @Test
  @DisplayName("fuzz: random, truncated and hostile bytes give frames or exceptions, nothing else")
  void survivesNonsense() {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    System.out.println("FrameChannelTest.survivesNonsense seed " + seed);
    Random random = new Random(seed);
    int frames = 0;
    for (int round = 0; round < 5_000; round++) {
      MemoryChannel bytes = new MemoryChannel();
      bytes.give(nonsense(random));
      if (random.nextBoolean()) {
        bytes.cutUp(random);
      }
      FrameChannel reader = new FrameChannel(bytes, LIMIT);
      long before = allocated();
      try {
        while (true) {
          assertThat(reader.receive().payload().remaining()).isBetween(0, LIMIT);
          frames++;
        }
      } catch (EOFException | ProtocolDesyncException | FrameTooLargeException e) {
        assertThat(e).hasMessageMatching(".+");
      } catch (IOException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
      assertThat(allocated() - before)
          .as("seed %s, round %s: bytes allocated", seed, round)
          .isLessThan(1 << 20);
    }
    assertThat(frames).isGreaterThan(1_000);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** One of: noise; good frames, some bytes spoilt, cut off anywhere; a length that is a lie. */
  private static byte[] nonsense(Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(400);
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      return noise;
    }
    while (bytes.remaining() > 80) {
      int payload = random.nextInt(50);
      byte[] content = new byte[payload];
      random.nextBytes(content);
      int length = random.nextInt(20) > 0 ? 9 + payload : lie(random, payload);
      bytes.putInt(length).put((byte) (1 + random.nextInt(11))).putLong(random.nextLong());
      bytes.put(content);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes.put(random.nextInt(bytes.position()), (byte) random.nextInt());
    }
    byte[] some = new byte[random.nextInt(bytes.position())];
    bytes.flip().get(some);
    return some;
  }

  private static int lie(Random random, int payload) {
    int[] lies = {
      Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      -1,
      0,
      8,
      LIMIT + 9,
      LIMIT + 10,
      payload,
      random.nextInt()
    };
    return lies[random.nextInt(lies.length)];
  }
}
