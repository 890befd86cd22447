package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.TaskProgress;
import dev.poolwright.internal.cluster.OutcomesMessage.Ended;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes to nodes and comes back, as bytes. */
@Timeout(30)
class EnvelopeTest {
  private static final CallHeader HEADER =
      new CallHeader(
          "Crawler.get(URI)",
          "app.AsyncCrawler$Get",
          "app.Crawler",
          true,
          5,
          Map.of("app.Carrier", Map.of("trace", "7")),
          ByteBuffer.wrap(new byte[] {3}));

  private static Envelope envelope() {
    ByteBuffer calls = ByteBuffer.allocate(10).putInt(2).putShort((short) 7).putInt(-1).flip();
    return new Envelope("caller", 42, "render", 1_024, "CallOption", HEADER, 2, calls);
  }

  @Test
  void comesBackAsItWas() throws ProtocolDesyncException {
    Envelope read = Envelope.read(envelope().write());

    assertThat(read).isEqualTo(envelope());
  }

  @Test
  void whatIsCutShortIsNone() {
    byte[] bytes = envelope().write();
    for (int length = 0; length < bytes.length - 10; length++) {
      byte[] some = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Envelope.read(some)).isInstanceOf(ProtocolDesyncException.class);
    }
  }

  @Test
  void answersComeBackAsTheyWere() throws ProtocolDesyncException {
    PayloadBuffer one = new PayloadBuffer(9);
    one.putInt(11);

    Answer ran = Answer.read(Answer.ran(List.of(one, one)));

    assertThat(ran.kind()).isEqualTo(Answer.Kind.RAN);
    assertThat(ran.next().getInt()).isEqualTo(11);
    assertThat(ran.next().getInt()).isEqualTo(11);
    assertThatThrownBy(ran::next).isInstanceOf(ProtocolDesyncException.class);
    assertThat(Answer.read(Answer.busy()).kind()).isEqualTo(Answer.Kind.BUSY);
    assertThat(Answer.read(Answer.leaving()).kind()).isEqualTo(Answer.Kind.LEAVING);
    assertThat(Answer.read(Answer.refused("no")).text()).isEqualTo("no");
    assertThatThrownBy(() -> Answer.read(new byte[] {9}))
        .isInstanceOf(ProtocolDesyncException.class);
    assertThatThrownBy(() -> Answer.read(new byte[0])).isInstanceOf(ProtocolDesyncException.class);
  }

  @Test
  void progressComesBackAsItWas() throws ProtocolDesyncException {
    ProgressMessage message = new ProgressMessage(3, 4, new TaskProgress(0.25, "a quarter"));

    assertThat(ProgressMessage.read(message.write())).isEqualTo(message);
    for (int length = 0; length < 3; length++) {
      byte[] some = new byte[length];
      assertThatThrownBy(() -> ProgressMessage.read(some))
          .isInstanceOf(ProtocolDesyncException.class);
    }
  }

  @Test
  void outcomesComeBackAsTheyWere() throws ProtocolDesyncException {
    Ended first = new Ended(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    Ended last = new Ended(7, ByteBuffer.wrap(new byte[] {4}));
    OutcomesMessage message = new OutcomesMessage(3, List.of(first, last));
    byte[] bytes = message.write();

    assertThat(OutcomesMessage.read(bytes)).isEqualTo(message);
    for (int length = 0; length < bytes.length; length++) {
      byte[] some = Arrays.copyOf(bytes, length);
      boolean isWhole = length == 9 || length == 9 + 8 + 3; // After the delivery, and the first.
      if (!isWhole) {
        assertThatThrownBy(() -> OutcomesMessage.read(some))
            .isInstanceOf(ProtocolDesyncException.class);
      }
    }
  }

  @Test
  void namesOfCallsComeBackAsTheyWere() {
    CallId id = new CallId(CallId.newCaller(), 5, 6);

    assertThat(CallId.parse(id.text())).isEqualTo(id);
    assertThatThrownBy(() -> CallId.parse("nonsense")).hasMessageContaining("names no call");
  }
}
