package demo;

import demo.base.Base;
import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;

public class Files extends Base<String> implements Source {

  @Async(pool = "io", timeout = "2s")
  public boolean exists(String name) {
    return true;
  }

  @Override
  public void reset() {}

  @Callback("load")
  void loaded(String text) {}
}
