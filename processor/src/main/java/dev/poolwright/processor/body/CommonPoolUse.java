package dev.poolwright.processor.body;

import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** The methods of the JDK that hand work to the common pool. */
final class CommonPoolUse {

  private static final Set<String> STREAMS =
      Set.of(
          "java.util.stream.BaseStream",
          "java.util.stream.Stream",
          "java.util.stream.IntStream",
          "java.util.stream.LongStream",
          "java.util.stream.DoubleStream");

  private CommonPoolUse() {}

  /** What to write in place of a call, as a sentence without its full stop; empty for others. */
  static Optional<String> remedy(ExecutableElement called) {
    String name = called.getSimpleName().toString();
    String type =
        called.getEnclosingElement() instanceof TypeElement owner
            ? owner.getQualifiedName().toString()
            : "";
    boolean isAsync =
        type.equals("java.util.concurrent.CompletableFuture")
            && (name.equals("supplyAsync") || name.equals("runAsync"))
            && called.getParameters().size() == 1;
    boolean isParallel =
        (name.equals("parallelStream") && called.getParameters().isEmpty())
            || (name.equals("parallel") && STREAMS.contains(type));
    if (isAsync) {
      return Optional.of("Pass a Pool as its executor");
    }
    return isParallel ? Optional.of("Use a sequential stream") : Optional.empty();
  }
}
