package dev.poolwright.samples.readme;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.ProcessPool;

/** A call that may run twice. */
@ProcessPool(name = "render", retries = 2)
final class Render {

  private Render() {}

  @Async(pool = "render")
  static byte[] draw(String scene) {
    return scene.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
