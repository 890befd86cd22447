package example;

import dev.poolwright.annotation.Async;
import org.springframework.stereotype.Component;

/** Waits for others: runs on threads. */
@Component
public class Feeds {

  @Async(pool = "feeds", maxWorkers = 50)
  public String load(String name) throws InterruptedException {
    Thread.sleep(100); // somebody else's server
    return "news of " + name + ", loaded on " + Thread.currentThread().getName();
  }
}
