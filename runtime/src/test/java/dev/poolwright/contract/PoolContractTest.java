package dev.poolwright.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of every kind keep every contract. */
@ParameterizedClass(name = "{0}")
@EnumSource
final class PoolContractTest {

  @Parameter Kind kind;

  @Nested
  final class Submitting extends SubmitContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Outcomes extends OutcomeContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Cancelling extends CancelContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Invoking extends InvokeContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class ShuttingDown extends ShutdownContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Stages extends StageContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class StageForms extends StageFormContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Callbacks extends CallbackContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class TimeLimits extends TimeoutContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class ForeignCode extends ForeignCodeContract {
    @Override
    Kind kind() {
      return kind;
    }
  }
}
