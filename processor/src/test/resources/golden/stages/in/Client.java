package demo;

import dev.poolwright.annotation.Async;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kotlin.Unit;

public class Client {

  @Async
  CompletionStage<String> get(String url) {
    return CompletableFuture.completedStage(url);
  }

  @Async
  static CompletableFuture<List<? extends Number>> numbers() {
    return CompletableFuture.completedFuture(List.of());
  }

  @Async
  Void nothing() {
    return null;
  }

  @Async
  Unit unit(String text) {
    return Unit.INSTANCE;
  }
}
