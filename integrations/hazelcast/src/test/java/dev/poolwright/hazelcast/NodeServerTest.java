package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.hazelcast.Greeting.OfCaller;
import dev.poolwright.hazelcast.Seal.Kind;
import dev.poolwright.internal.LogLines;
import dev.poolwright.spi.ClusterWorker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node makes of messages that were recorded, turned elsewhere or changed. */
@Timeout(30)
class NodeServerTest {
  private static final byte[] NOTHING = {};

  private final Seal seal = new Seal("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  private final Worker worker = new Worker();
  private final NodeServer node = node(worker);

  /** Notes what comes to it. */
  private static class Worker implements ClusterWorker {
    final List<String> told = new ArrayList<>();

    @Override
    public String fingerprint() {
      return "same";
    }

    @Override
    public EnvelopeRun call(String caller, byte[] envelope) {
      told.add(caller + " calls " + text(envelope));
      return new EnvelopeRun() {
        @Override
        public CompletionStage<byte[]> answer() {
          return CompletableFuture.completedFuture(envelope);
        }

        @Override
        public void stop() {
          told.add("stop of " + text(envelope));
        }
      };
    }

    @Override
    public void interrupt(String caller, String call) {
      told.add(caller + " stops " + call);
    }

    @Override
    public void callerLeft(String caller) {
      told.add("left " + caller);
    }

    @Override
    public void refuse() {}

    @Override
    public void drain() {}
  }

  private NodeServer node(ClusterWorker its) {
    NodeServer made = new NodeServer(its, Map.of("render", 2), seal);
    made.near(client -> true);
    return made;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] session(NodeServer with, String caller) throws Exception {
    byte[] hello = new OfCaller(caller, "client", "render").write();
    byte[] none = new byte[Seal.SESSION_BYTES];
    return Seal.sessionOf(with.take(Kind.HELLO, seal.close(Kind.HELLO, none, hello)));
  }

  /** The caller is back, and calls. */
  private void callOfNext(NodeServer with, String text) {
    try {
      byte[] call = seal.close(Kind.CALL, session(with, "a"), bytes(text));
      assertThat(with.take(Kind.CALL, call)).isNotEmpty();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCallOfACallerThatWasGreetedComesToTheWorker() throws Exception {
    byte[] session = session(node, "a");

    byte[] answer = node.take(Kind.CALL, seal.close(Kind.CALL, session, bytes("one")));

    assertThat(seal.open(Kind.ANSWER, session, answer)).isEqualTo(bytes("one"));
    assertThat(worker.told).containsExactly("a calls one");
  }

  @Test
  void theWorkerHearsOfTheCallerOfTheSessionWhateverTheBytesSay() throws Exception {
    byte[] session = session(node, "a");
    byte[] unused = session(node, "b");

    assertThat(node.take(Kind.INTERRUPT, seal.close(Kind.INTERRUPT, session, bytes("b:1:0"))))
        .isEmpty();
    assertThat(worker.told).containsExactly("a stops b:1:0");
  }

  @Test
  void aCallToOneNodeCountsOnNoOther() throws Exception {
    byte[] call = seal.close(Kind.CALL, session(node, "a"), bytes("one"));
    Worker other = new Worker();
    NodeServer second = node(other);
    byte[] unused = session(second, "a");

    assertThat(second.take(Kind.CALL, call)).isEmpty();
    assertThat(other.told).isEmpty();
  }

  @Test
  void aCallOfOneCallerCountsForNoOther() throws Exception {
    byte[] call = seal.close(Kind.CALL, session(node, "a"), bytes("one"));
    byte[] turned = call.clone();
    System.arraycopy(session(node, "b"), 0, turned, 0, Seal.SESSION_BYTES);

    assertThat(node.take(Kind.CALL, turned)).isEmpty();
    assertThat(worker.told).isEmpty();
  }

  @Test
  void nothingCountsAfterItsCallerIsGone() throws Exception {
    byte[] session = session(node, "a");
    byte[] call = seal.close(Kind.CALL, session, bytes("one"));
    assertThat(node.take(Kind.GOODBYE, seal.close(Kind.GOODBYE, session, NOTHING))).isEmpty();

    assertThat(node.take(Kind.CALL, call)).isEmpty();
    assertThat(worker.told).as("what it has left is stopped").containsExactly("left a");
  }

  @Test
  void aCallWhoseCallerGoesWhileItIsTakenIsStopped() throws Exception {
    AtomicReference<NodeServer> later = new AtomicReference<>();
    Worker leaving =
        new Worker() {
          @Override
          public EnvelopeRun call(String caller, byte[] envelope) {
            later.get().clientLeft("client");
            return super.call(caller, envelope);
          }
        };
    later.set(node(leaving));
    byte[] session = session(later.get(), "a");

    byte[] unused = later.get().take(Kind.CALL, seal.close(Kind.CALL, session, bytes("one")));

    assertThat(leaving.told).containsExactly("left a", "a calls one", "stop of one", "left a");
  }

  /** Nobody waits for what came by the session before, and somebody for what came by the next. */
  @Test
  void aCallerThatIsBackWhileItsCallIsTakenKeepsTheRunsOfItsNewSessionAlone() throws Exception {
    AtomicReference<NodeServer> later = new AtomicReference<>();
    Worker leaving =
        new Worker() {
          @Override
          public EnvelopeRun call(String caller, byte[] envelope) {
            if (text(envelope).equals("one")) {
              later.get().clientLeft("client");
              callOfNext(later.get(), "two");
            }
            return super.call(caller, envelope);
          }
        };
    later.set(node(leaving));
    byte[] session = session(later.get(), "a");

    byte[] unused = later.get().take(Kind.CALL, seal.close(Kind.CALL, session, bytes("one")));

    assertThat(leaving.told).containsExactly("left a", "a calls two", "a calls one", "stop of one");
  }

  @Test
  void aCallerThatIsBackWhileItsRunsAreStoppedIsNotForgotten() throws Exception {
    AtomicReference<NodeServer> later = new AtomicReference<>();
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    CountDownLatch isAsked = new CountDownLatch(1);
    Worker holding =
        new Worker() {
          @Override
          public EnvelopeRun call(String caller, byte[] envelope) {
            EnvelopeRun run = super.call(caller, envelope);
            return text(envelope).equals("two") ? run : held(run);
          }

          private EnvelopeRun held(EnvelopeRun run) {
            return new EnvelopeRun() {
              @Override
              public CompletionStage<byte[]> answer() {
                isAsked.countDown();
                return answer;
              }

              @Override
              public void stop() {
                run.stop();
                callOfNext(later.get(), "two");
                answer.complete(NOTHING);
              }
            };
          }
        };
    later.set(node(holding));
    byte[] call = seal.close(Kind.CALL, session(later.get(), "a"), bytes("one"));
    CompletableFuture<byte[]> taken =
        CompletableFuture.supplyAsync(() -> later.get().take(Kind.CALL, call));
    isAsked.await();

    later.get().clientLeft("client");

    assertThat(taken.get(10, TimeUnit.SECONDS)).isNotEmpty();
    assertThat(holding.told).containsExactly("a calls one", "stop of one", "a calls two");
  }

  /** Orders have two threads, and a caller that ends stops its runs just before. */
  @Test
  void nothingIsSaidOfOrdersThatTheEndOfTheirCallerOvertook() throws Exception {
    byte[] session = session(node, "a");
    byte[] goodbye = seal.close(Kind.GOODBYE, session, NOTHING);
    try (LogLines log = new LogLines()) {
      for (byte[] each :
          List.of(
              node.take(Kind.GOODBYE, goodbye),
              node.take(Kind.GOODBYE, goodbye),
              node.take(Kind.INTERRUPT, seal.close(Kind.INTERRUPT, session, bytes("a:1:0"))))) {
        assertThat(each).isEmpty();
      }
      assertThat(log.lines()).isEmpty();

      Seal other = new Seal(bytes("of somebody else"));
      node.take(Kind.GOODBYE, other.close(Kind.GOODBYE, session, NOTHING));
      assertThat(log.lines()).singleElement().asString().contains("has a wrong code");
    }
    assertThat(worker.told).containsExactly("left a");
  }

  @Test
  void aRecordedGreetingOpensAnotherSessionThanThatOfItsCaller() throws Exception {
    byte[] first = session(node, "a");

    assertThat(session(node, "a")).isNotEqualTo(first);
  }

  /** It greets again when the answer to its greeting does not come in time. */
  @Test
  void aCallerIsToldInTheSessionThatItUsed() throws Exception {
    byte[] lost = session(node, "a");
    byte[] used = session(node, "a");
    assertThat(Seal.sessionOf(node.message("a", bytes("half")))).isEqualTo(used);

    assertThat(node.take(Kind.CALL, seal.close(Kind.CALL, lost, bytes("one")))).isNotEmpty();
    assertThat(Seal.sessionOf(node.message("a", bytes("half")))).isEqualTo(lost);
  }

  @Test
  void noMessageCountsAsOneOfAnotherKind() throws Exception {
    byte[] session = session(node, "a");
    for (Kind sealedAs : Kind.values()) {
      byte[] sealed = seal.close(sealedAs, session, bytes("x:1:0"));
      for (Kind sentAs : Kind.values()) {
        if (sentAs != sealedAs) {
          assertThat(node.take(sentAs, sealed)).as("%s as %s", sealedAs, sentAs).isEmpty();
        }
      }
    }
    assertThat(worker.told).isEmpty();
  }

  @Test
  void whatIsCutShortOrChangedComesToNobody() throws Exception {
    byte[] call = seal.close(Kind.CALL, session(node, "a"), bytes("one"));
    for (int length = 0; length < call.length; length++) {
      assertThat(node.take(Kind.CALL, Arrays.copyOf(call, length))).isEmpty();
    }
    assertThat(node.take(Kind.CALL, Arrays.copyOf(call, 1 << 20))).as("longer").isEmpty();
    for (int at = 0; at + 4 <= call.length; at++) {
      byte[] changed = call.clone();
      ByteBuffer.wrap(changed).putInt(at, Integer.MAX_VALUE);
      assertThat(node.take(Kind.CALL, changed)).isEmpty();
    }
    assertThat(worker.told).isEmpty();
  }
}
