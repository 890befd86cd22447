package example;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.poolwright.Pools;
import dev.poolwright.guice.PoolwrightModule;
import jakarta.inject.Inject;

/** The same with Guice, which makes the proxies. */
public final class GuiceMain {

  private final AsyncGreeter greeter;

  @Inject
  GuiceMain(AsyncGreeter greeter) {
    this.greeter = greeter;
  }

  public static void main(String[] args) {
    Injector injector = Guice.createInjector(new PoolwrightModule());
    try (Pools pools = injector.getInstance(Pools.class)) {
      System.out.println(injector.getInstance(GuiceMain.class).greeter.greet("Guice").join());
    }
  }
}
