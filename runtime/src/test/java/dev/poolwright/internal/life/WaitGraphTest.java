package dev.poolwright.internal.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WaitGraphTest {

  /** Counts the places that are lent. */
  private static final class Place implements WaitGraph.Place {
    private int lent;
    private boolean isFull;

    @Override
    public void lend() {
      if (isFull) {
        throw new IllegalStateException("full");
      }
      lent++;
    }

    @Override
    public void giveBack() {
      lent--;
    }
  }

  private final WaitGraph graph = new WaitGraph();
  private final Place a = new Place();
  private final Place b = new Place();
  private final Place c = new Place();

  @Test
  void aWaitThatClosesNoCircleLendsNothing() {
    Runnable unused = graph.begin(a, b);
    Runnable unused2 = graph.begin(b, c);

    assertThat(a.lent + b.lent + c.lent).isZero();
  }

  @Test
  void aStageFromOnePoolToAnotherClosesACircleAndLendsNothingItself() {
    Runnable first = graph.beginStage(b, a);
    Runnable second = graph.beginStage(b, a);
    assertThat(graph.hasWaiter(b)).isFalse();

    Runnable ab = graph.begin(a, b);
    assertThat(a.lent).isEqualTo(1);
    assertThat(b.lent).isZero();
    ab.run();
    first.run();
    Runnable again = graph.begin(a, b);
    assertThat(a.lent).isEqualTo(1);
    again.run();
    second.run();
    Runnable alone = graph.begin(a, b);

    assertThat(a.lent).isZero();
    Runnable late = graph.beginStage(b, a);
    assertThat(a.lent).isEqualTo(1);
    late.run();
    alone.run();
    assertThat(a.lent + b.lent).isZero();
  }

  @Test
  void whereStagesCloseACircleNobodyFailsWhoCannotLend() {
    a.isFull = true;
    Runnable ab = graph.begin(a, b);
    Runnable stage = graph.beginStage(b, a);
    Runnable more = graph.begin(a, b);

    assertThat(a.lent).isZero();
    ab.run();
    more.run();
    stage.run();
    assertThat(a.lent).isZero();
  }

  @Test
  void everyWaitOfACircleLends() {
    Runnable ab = graph.begin(a, b);
    Runnable bc = graph.begin(b, c);

    Runnable ca = graph.begin(c, a);

    assertThat(a.lent).isEqualTo(1);
    assertThat(b.lent).isEqualTo(1);
    assertThat(c.lent).isEqualTo(1);
    ab.run();
    bc.run();
    ca.run();
    assertThat(a.lent + b.lent + c.lent).isZero();
  }

  @Test
  void aWaitBesideTheCircleLendsNothing() {
    Runnable unused = graph.begin(c, a);
    Runnable unused2 = graph.begin(a, b);

    Runnable circle = graph.begin(b, a);

    assertThat(c.lent).isZero();
    assertThat(a.lent).isEqualTo(1);
    assertThat(b.lent).isEqualTo(1);
    circle.run();
    assertThat(b.lent).isZero();
  }

  @Test
  void aWaitThatCannotLendIsNone() {
    Runnable ab = graph.begin(a, b);
    b.isFull = true;

    assertThatIllegalStateException().isThrownBy(() -> graph.begin(b, a));

    ab.run();
    b.isFull = false;
    Runnable unused = graph.begin(b, a);
    assertThat(b.lent).isZero();
  }

  @Test
  void theEndOfAWaitCountsOnce() {
    Runnable ab = graph.begin(a, b);
    Runnable ba = graph.begin(b, a);

    ab.run();
    ab.run();

    assertThat(a.lent).isZero();
    ba.run();
    assertThat(b.lent).isZero();
  }
}
