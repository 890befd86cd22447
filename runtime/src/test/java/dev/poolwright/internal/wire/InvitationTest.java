package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InvitationTest {
  private static final String ENDPOINT = "pipe:/tmp/\u00e4\u6f22 " + "x".repeat(300) + "\n/tmp/up";

  private static byte[] token() {
    byte[] token = new byte[Hello.TOKEN_BYTES];
    Arrays.fill(token, (byte) -7);
    return token;
  }

  private static byte[] written() throws IOException {
    return new Invitation(token(), ENDPOINT, "a.Provider", "an.Async$Call").write();
  }

  @Test
  @DisplayName("comes back whole, and nothing behind it is read")
  void comesBack() throws IOException {
    byte[] written = written();
    byte[] more = Arrays.copyOf(written, written.length + 1);
    more[written.length] = 42;
    ByteArrayInputStream in = new ByteArrayInputStream(more);
    Invitation read = Invitation.read(in);
    assertThat(read.token()).isEqualTo(token());
    assertThat(read.endpoint()).isEqualTo(ENDPOINT);
    assertThat(read.channels()).isEqualTo("a.Provider");
    assertThat(read.firstCall()).isEqualTo("an.Async$Call");
    assertThat(in.read()).isEqualTo(42);
  }

  @Test
  @DisplayName("cut short anywhere it is an end of file")
  void isCutShort() throws IOException {
    byte[] written = written();
    for (int bytes = 0; bytes < written.length; bytes++) {
      ByteArrayInputStream in = new ByteArrayInputStream(written, 0, bytes);
      assertThatThrownBy(() -> Invitation.read(in))
          .as("%d bytes", bytes)
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  @DisplayName("a text that its length cannot say is refused")
  void refusesLongTexts() {
    assertThatThrownBy(() -> new Invitation(token(), "x".repeat(65_536), "", "").write())
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is longer than 65535 bytes");
  }
}
