package dev.poolwright.contract;

import dev.poolwright.hazelcast.ContractNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Pools whose workers are two node JVMs on loopback keep the contracts of all pools. */
final class HazelcastContractTests implements PoolContract.OfOneKind {
  private static ContractNodes nodes;

  @BeforeAll
  static void start() throws Exception {
    nodes = new ContractNodes();
  }

  @AfterAll
  static void end() throws Exception {
    nodes.close();
  }

  @Override
  public Kind kind() {
    return Kind.CLUSTER;
  }

  /** Those of all tests. */
  @Override
  public AutoCloseable workers() {
    return () -> {};
  }

  @Nested
  final class Submitting extends SubmitContract {}

  @Nested
  final class Outcomes extends OutcomeContract {}

  @Nested
  final class Cancelling extends CancelContract {}

  @Nested
  @Tag("slow")
  final class Invoking extends InvokeContract {}

  @Nested
  @Tag("slow")
  final class ShuttingDown extends ShutdownContract {}

  @Nested
  @Tag("slow")
  final class Stages extends StageContract {}

  @Nested
  @Tag("slow")
  final class StageForms extends StageFormContract {}

  @Nested
  @Tag("slow")
  final class Callbacks extends CallbackContract {}

  @Nested
  final class TimeLimits extends TimeoutContract {}

  @Nested
  @Tag("slow")
  final class ForeignCode extends ForeignCodeContract {}

  @Nested
  final class Mapping extends MapContract {}

  @Nested
  final class Columns extends ColumnsContract {}

  @Nested
  final class EndsOfBatches extends MapEndContract {}

  @Nested
  final class Waiting extends WaitContract {}

  @Nested
  final class SiteCallbacks extends SiteCallbackContract {}

  @Nested
  final class Contexts extends ContextContract {}

  @Nested
  final class Feeding extends MapFeedContract {}

  @Nested
  final class Options extends CallOptionsContract {}

  @Nested
  final class Listening extends ListenerContract {}

  @Nested
  final class CarriedContexts extends CarriedContextContract {}
}
