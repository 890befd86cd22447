package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.hazelcast.Seal.ForgedException;
import dev.poolwright.hazelcast.Seal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as written by who knows the secret. */
@Timeout(30)
class SealTest {
  private final Seal seal = new Seal("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  private final byte[] session = seal.newSession();
  private final byte[] sealed = seal.close(Kind.CALL, session, new byte[] {1, 2, 3});

  @Test
  void bytesComeBackAsTheyWere() throws ForgedException {
    assertThat(seal.open(Kind.CALL, session, sealed)).containsExactly(1, 2, 3);
    assertThat(Seal.sessionOf(sealed)).isEqualTo(session);
  }

  @Test
  void noBitCanBeChanged() {
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> seal.open(Kind.CALL, session, changed))
          .isInstanceOf(ForgedException.class);
    }
  }

  @Test
  void nothingCountsAsSomethingElse() {
    assertThatThrownBy(() -> seal.open(Kind.ANSWER, session, sealed))
        .isInstanceOf(ForgedException.class);
  }

  @Test
  void nothingCountsInAnotherSession() {
    assertThatThrownBy(() -> seal.open(Kind.CALL, seal.newSession(), sealed))
        .isInstanceOf(ForgedException.class);
  }

  @Test
  void anotherSecretSealsNothing() {
    assertThatThrownBy(
            () ->
                new Seal("fedcba9876543210".getBytes(StandardCharsets.UTF_8))
                    .open(Kind.CALL, session, sealed))
        .isInstanceOf(ForgedException.class);
  }

  @Test
  void whatIsCutShortIsForged() {
    for (int length = 0; length < sealed.length; length++) {
      byte[] some = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> seal.open(Kind.CALL, session, some))
          .isInstanceOf(ForgedException.class);
    }
  }
}
