package demo.base;

import dev.poolwright.annotation.Async;

public abstract class Base<T> {

  @Async(pool = "io", maxWorkers = 4)
  public T load(T key) {
    return key;
  }

  @Async(pool = "io")
  public void reset() {}

  @Async(pool = "io")
  protected void hidden() {}
}
