package dev.poolwright.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of every kind keep every contract on several tasks. */
@ParameterizedClass(name = "{0}")
@EnumSource
record FuturesContractTest(Kind kind) implements PoolContract.OfOneKind {

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
}
