package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import dev.poolwright.spi.ClusterTransport.NotSentException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures say that a call cannot have run, so that it may be sent again. */
@Timeout(30)
class HazelcastTransportTest {

  private static RuntimeException offline(Class<?> asker) {
    RuntimeException thrown = new HazelcastClientOfflineException();
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(asker.getName(), "some", "Some.java", 1)});
    return thrown;
  }

  @Test
  void aClientThatWasOfflineWhenItWasAskedHasSentNothing() {
    RuntimeException thrown = offline(HazelcastTransport.class);

    assertThat(HazelcastTransport.told(thrown)).isInstanceOf(NotSentException.class);
    assertThat(HazelcastTransport.told(new CompletionException(thrown)))
        .isInstanceOf(NotSentException.class);
  }

  @Test
  void oneThatCameToBeOfflineWhenItTriedAgainMayHaveSentIt() {
    RuntimeException thrown = offline(Thread.class);

    assertThat(HazelcastTransport.told(thrown)).isSameAs(thrown);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TargetNotMemberException.class,
        TargetDisconnectedException.class,
        MemberLeftException.class,
        OperationTimeoutException.class,
        HazelcastInstanceNotActiveException.class,
        HazelcastClientNotActiveException.class,
        RejectedExecutionException.class
      })
  void ofAnythingElseNobodyKnowsHowFarItCame(Class<? extends Throwable> type) throws Exception {
    Throwable thrown = thrown(type);

    assertThat(HazelcastTransport.told(thrown)).isSameAs(thrown);
    assertThat(HazelcastTransport.told(new CompletionException(thrown))).isSameAs(thrown);
  }

  private static Throwable thrown(Class<? extends Throwable> type) throws Exception {
    try {
      return type.getConstructor(String.class).newInstance("of a test");
    } catch (NoSuchMethodException e) {
      return type.getConstructor().newInstance();
    }
  }
}
