package dev.poolwright.samples;

import dev.poolwright.annotation.Async;
import jakarta.inject.Inject;

/** Intercepted by {@link InterceptorTest}. */
class Echo {

  @Inject
  Echo() {}

  @Async
  String say(String text) {
    return text;
  }
}
