package dev.poolwright.internal.process.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputDrainTest {

  private static final class OneByteReads extends ByteArrayInputStream {
    OneByteReads(String text) {
      super(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) {
      return super.read(to, offset, Math.min(1, length));
    }
  }

  private static List<String> lines(OutputDrain[] made, InputStream from)
      throws InterruptedException {
    List<String> lines = new ArrayList<>();
    made[0] = new OutputDrain("test", from, lines::add);
    made[0].start();
    made[0].join();
    return lines;
  }

  @Test
  @Tag("scenario-255")
  @DisplayName("characters of several bytes come whole, however they are cut")
  void keepsCharactersWhole() throws InterruptedException {
    String text = "häl\n\uD83D\uDE00漢\r\nlast";
    assertThat(lines(new OutputDrain[1], new OneByteReads(text)))
        .containsExactly("häl", "\uD83D\uDE00漢", "last");
  }

  @Test
  @Tag("scenario-255")
  @DisplayName("a line without end is cut between characters")
  void cutsBetweenCharacters() throws InterruptedException {
    String text = "x" + "\uD83D\uDE00".repeat(40_000);
    List<String> pieces = lines(new OutputDrain[1], new OneByteReads(text));
    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(String.join("", pieces)).isEqualTo(text);
  }

  @Test
  @Tag("scenario-264")
  @DisplayName("the last 64 KiB are kept")
  void keepsTheTail() throws InterruptedException {
    OutputDrain[] drain = new OutputDrain[1];
    List<String> unused =
        lines(
            drain,
            new ByteArrayInputStream(
                "0123456789\n".repeat(20_000).getBytes(StandardCharsets.UTF_8)));
    assertThat(drain[0].tail()).hasSize(OutputDrain.TAIL_BYTES).endsWith("0123456789\n");
  }
}
