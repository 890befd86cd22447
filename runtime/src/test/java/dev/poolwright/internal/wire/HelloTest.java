package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HelloTest {
  private final byte[] token = new byte[Hello.TOKEN_BYTES];

  private ByteBuffer written() {
    Arrays.fill(token, (byte) 3);
    return new Hello(token).write();
  }

  private static Frame frame(ByteBuffer payload) {
    return new Frame(FrameType.HELLO, 0, payload);
  }

  @Test
  @Tag("scenario-252")
  @DisplayName("the right token is accepted, any other is not; it has 32 bytes")
  void knowsItsToken() throws ProtocolDesyncException {
    Hello hello = Hello.read(frame(written()));
    assertThat(hello.hasToken(token)).isTrue();
    byte[] wrong = token.clone();
    wrong[31]++;
    assertThat(hello.hasToken(wrong)).isFalse();
    assertThat(token).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("scenario-245")
  @DisplayName("a wrong byte of the magic is a desync")
  void refusesWrongMagic(int at) {
    ByteBuffer payload = written();
    payload.put(at, (byte) 'x');
    assertThatThrownBy(() -> Hello.read(frame(payload)))
        .isInstanceOf(ProtocolDesyncException.class)
        .hasMessageMatching("magic is 0x[0-9a-f]+; must be 0x504c5752");
  }

  @Test
  @Tag("scenario-245")
  @DisplayName("another version is a desync that names both")
  void refusesOtherVersions() {
    ByteBuffer payload = written();
    payload.putShort(4, (short) 2);
    assertThatThrownBy(() -> Hello.read(frame(payload)))
        .hasMessage("protocol version is 2; must be 1");
  }

  @Test
  @Tag("scenario-245")
  @DisplayName("another frame, or a shorter one, is no greeting")
  void refusesOtherFrames() {
    assertThatThrownBy(() -> Hello.read(new Frame(FrameType.READY, 0, written())))
        .hasMessage("first frame is READY of 38 bytes; must be HELLO of 38");
    assertThatThrownBy(() -> Hello.read(frame(ByteBuffer.allocate(3))))
        .hasMessage("first frame is HELLO of 3 bytes; must be HELLO of 38");
  }
}
