package dev.poolwright.spring;

import dev.poolwright.Task;
import dev.poolwright.annotation.Async;

/** Cannot be made: its proxy needs it first. */
class Selfish {

  private final AsyncSelfish proxy;

  Selfish(AsyncSelfish proxy) {
    this.proxy = proxy;
  }

  Task<Boolean> later() {
    return proxy.isSelfish();
  }

  @Async
  boolean isSelfish() {
    return true;
  }
}
