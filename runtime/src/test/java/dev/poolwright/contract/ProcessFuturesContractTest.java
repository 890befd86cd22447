package dev.poolwright.contract;

import dev.poolwright.annotation.PoolKind;
import org.junit.jupiter.api.Nested;

/** Pools of worker JVMs keep every contract on several tasks. */
final class ProcessFuturesContractTest {

  @Nested
  final class Mapping extends MapContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }

  @Nested
  final class Columns extends ColumnsContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }

  @Nested
  final class EndsOfBatches extends MapEndContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }

  @Nested
  final class Waiting extends WaitContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }

  @Nested
  final class SiteCallbacks extends SiteCallbackContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }

  @Nested
  final class Contexts extends ContextContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }

  @Nested
  final class Feeding extends MapFeedContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }

  @Nested
  final class Options extends CallOptionsContract {
    @Override
    PoolKind kind() {
      return PoolKind.PROCESS;
    }
  }
}
