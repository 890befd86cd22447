package demo;

import dev.poolwright.annotation.Async;

public interface Source {

  @Async
  default int size() {
    return 0;
  }
}
