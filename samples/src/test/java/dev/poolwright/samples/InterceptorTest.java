package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.matcher.Matcher;
import com.google.inject.matcher.Matchers;
import dev.poolwright.Pools;
import dev.poolwright.guice.PoolwrightModule;
import java.lang.reflect.Modifier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guice intercepts all classes of a package, as {@code docs/faq.md} says. */
@Timeout(60)
final class InterceptorTest {

  private static Injector intercepting(Predicate<Class<?>> classes) {
    Matcher<Class<?>> matcher =
        type -> type.getPackage() == Echo.class.getPackage() && classes.test(type);
    return Guice.createInjector(
        new PoolwrightModule(),
        new AbstractModule() {
          @Override
          protected void configure() {
            bindInterceptor(
                matcher,
                Matchers.any(),
                call -> call.proceed() + ", heard on " + Thread.currentThread().getName());
          }
        });
  }

  @Test
  void aProxyCannotBeIntercepted() {
    Injector injector = intercepting(type -> true);
    try (Pools pools = injector.getInstance(Pools.class)) {
      assertThatThrownBy(() -> injector.getInstance(AsyncEcho.class))
          .hasMessageContaining("Unable to method intercept: AsyncEcho");
      assertThat(pools.names()).contains("default");
    }
  }

  @Test
  void whereFinalClassesAreLeftOutTheMethodIsInterceptedOnTheWorker() {
    Injector injector = intercepting(type -> !Modifier.isFinal(type.getModifiers()));
    try (Pools pools = injector.getInstance(Pools.class)) {
      assertThat(injector.getInstance(AsyncEcho.class).say("hello").join())
          .isEqualTo("hello, heard on default-1");
      assertThat(pools.names()).contains("default");
    }
  }
}
