package dev.poolwright.contract;

import dev.poolwright.hazelcast.ContractNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Pools whose workers are two node JVMs on loopback keep the contracts of all pools. */
final class HazelcastContractTests {
  private static ContractNodes nodes;

  @BeforeAll
  static void start() throws Exception {
    nodes = new ContractNodes();
  }

  @AfterAll
  static void end() throws Exception {
    nodes.close();
  }

  @Nested
  final class Submitting extends SubmitContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Outcomes extends OutcomeContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Cancelling extends CancelContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  @Tag("slow")
  final class Invoking extends InvokeContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  @Tag("slow")
  final class ShuttingDown extends ShutdownContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  @Tag("slow")
  final class Stages extends StageContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  @Tag("slow")
  final class StageForms extends StageFormContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  @Tag("slow")
  final class Callbacks extends CallbackContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class TimeLimits extends TimeoutContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  @Tag("slow")
  final class ForeignCode extends ForeignCodeContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Mapping extends MapContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Columns extends ColumnsContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class EndsOfBatches extends MapEndContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Waiting extends WaitContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class SiteCallbacks extends SiteCallbackContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Contexts extends ContextContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Feeding extends MapFeedContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Options extends CallOptionsContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class Listening extends ListenerContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }

  @Nested
  final class CarriedContexts extends CarriedContextContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    AutoCloseable workers() {
      return () -> {};
    }
  }
}
