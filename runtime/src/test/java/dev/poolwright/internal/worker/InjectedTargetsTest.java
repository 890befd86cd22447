package dev.poolwright.internal.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ProvisionException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InjectedTargetsTest {

  /** Has nothing. */
  public static final class Empty extends AbstractModule {}

  /** Cannot be made. */
  public static final class Circular {
    /** Throws a failure that is a cause of its own cause. */
    public Circular() {
      IllegalStateException first = new IllegalStateException("first");
      first.initCause(new IllegalArgumentException("second", first));
      throw first;
    }
  }

  @Test
  @DisplayName("a circle of causes keeps nobody")
  void endsInCircles() throws Exception {
    InjectedTargets targets = InjectedTargets.load(List.of(Empty.class));
    assertThatThrownBy(() -> targets.make(Circular.class)).isInstanceOf(ProvisionException.class);
  }
}
