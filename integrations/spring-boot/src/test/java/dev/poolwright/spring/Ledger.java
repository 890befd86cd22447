package dev.poolwright.spring;

import dev.poolwright.annotation.Async;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Its bean is a subclass that Spring makes. */
class Ledger {

  @Async
  @Transactional
  public boolean isInTransaction() {
    return TransactionSynchronizationManager.isActualTransactionActive();
  }
}
