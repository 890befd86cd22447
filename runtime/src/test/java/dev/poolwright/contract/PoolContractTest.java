package dev.poolwright.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of every kind keep every contract. */
@ParameterizedClass(name = "{0}")
@EnumSource
record PoolContractTest(Kind kind) implements PoolContract.OfOneKind {

  @Nested
  final class Submitting extends SubmitContract {}

  @Nested
  final class Outcomes extends OutcomeContract {}

  @Nested
  final class Cancelling extends CancelContract {}

  @Nested
  final class Invoking extends InvokeContract {}

  @Nested
  final class ShuttingDown extends ShutdownContract {}

  @Nested
  final class Stages extends StageContract {}

  @Nested
  final class StageForms extends StageFormContract {}

  @Nested
  final class Callbacks extends CallbackContract {}

  @Nested
  final class TimeLimits extends TimeoutContract {}

  @Nested
  final class ForeignCode extends ForeignCodeContract {}
}
