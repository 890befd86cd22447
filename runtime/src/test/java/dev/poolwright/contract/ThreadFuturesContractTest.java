package dev.poolwright.contract;

import dev.poolwright.annotation.PoolKind;
import org.junit.jupiter.api.Nested;

/** Pools of threads keep every contract on several tasks. */
final class ThreadFuturesContractTest {

  @Nested
  final class Mapping extends MapContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class EndsOfBatches extends MapEndContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }

  @Nested
  final class Waiting extends WaitContract {
    @Override
    PoolKind kind() {
      return PoolKind.THREAD;
    }
  }
}
