package dev.poolwright.contract;

import dev.poolwright.annotation.PoolKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of every kind keep every contract on several tasks. */
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = PoolKind.class,
    names = {"THREAD", "VIRTUAL", "PROCESS"})
final class FuturesContractTest {

  @Parameter PoolKind kind;

  @Nested
  final class Mapping extends MapContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Columns extends ColumnsContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class EndsOfBatches extends MapEndContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Waiting extends WaitContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class SiteCallbacks extends SiteCallbackContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Contexts extends ContextContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Feeding extends MapFeedContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }

  @Nested
  final class Options extends CallOptionsContract {
    @Override
    PoolKind kind() {
      return kind;
    }
  }
}
