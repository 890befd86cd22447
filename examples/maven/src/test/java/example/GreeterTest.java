package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.poolwright.Pools;
import org.junit.jupiter.api.Test;

class GreeterTest {

  @Test
  void greets() {
    AsyncGreeter greeter = new AsyncGreeter(new Greeter(), Pools.direct());

    String greeting = greeter.greet("test").join(); // ran on this thread

    assertEquals("Hello, test, from " + Thread.currentThread().getName(), greeting);
  }
}
