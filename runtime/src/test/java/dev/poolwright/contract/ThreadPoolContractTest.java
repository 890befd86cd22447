package dev.poolwright.contract;

import dev.poolwright.annotation.PoolKind;
import org.junit.jupiter.api.Nested;

/** Pools of threads keep every contract. */
final class ThreadPoolContractTest {

  @Nested
  final class Submitting extends SubmitContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class Outcomes extends OutcomeContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class Cancelling extends CancelContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class Invoking extends InvokeContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class ShuttingDown extends ShutdownContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class Stages extends StageContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class Callbacks extends CallbackContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class TimeLimits extends TimeoutContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class StageForms extends StageFormContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class ForeignCode extends ForeignCodeContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }
}
