package dev.poolwright.contract;

import dev.poolwright.annotation.PoolKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of every kind keep every contract. */
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = PoolKind.class,
    names = {"THREAD", "VIRTUAL", "PROCESS"})
final class PoolContractTest {

  @Parameter PoolKind kind;

  @Nested
  final class Submitting extends SubmitContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Outcomes extends OutcomeContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Cancelling extends CancelContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Invoking extends InvokeContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class ShuttingDown extends ShutdownContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Stages extends StageContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class StageForms extends StageFormContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Callbacks extends CallbackContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class TimeLimits extends TimeoutContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class ForeignCode extends ForeignCodeContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }
}
