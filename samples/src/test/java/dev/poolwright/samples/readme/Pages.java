package dev.poolwright.samples.readme;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.VirtualPool;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Waits for others, in many virtual threads. */
@VirtualPool(name = "web", maxWorkers = 2_000, queueCapacity = 10_000)
class Pages {

  @Async(pool = "web")
  byte[] get(URI page) throws IOException {
    try (InputStream body = page.toURL().openStream()) {
      return body.readAllBytes();
    }
  }
}
