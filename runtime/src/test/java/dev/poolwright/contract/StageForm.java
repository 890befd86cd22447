package dev.poolwright.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One way to derive a stage: each method of {@code CompletionStage}, in each of its modes.
 *
 * @param name the method's
 * @param mode where its function runs
 * @param method derives the stage
 */
record StageForm(String name, Mode mode, Method method) {

  /** Where the function of a stage runs. */
  enum Mode {
    SYNC,
    OWN_EXECUTOR,
    GIVEN_EXECUTOR
  }

  /** Derives a stage whose function asks the probe. */
  interface Method {
    CompletableFuture<?> from(
        CompletableFuture<String> source, CompletionStage<String> other, StageProbe probe);
  }

  /** Whether one of two futures is enough. */
  boolean isEither() {
    return name.contains("Either");
  }

  /** Whether two futures are needed. */
  boolean isBoth() {
    return name.contains("Both") || name.equals("thenCombine");
  }

  @Override
  public String toString() {
    return name + " " + mode;
  }

  /** Every form there is on Java 17. */
  static List<StageForm> all(Executor on) {
    Forms forms = new Forms();
    forms.add(
        "thenApply",
        (s, o, p) -> s.thenApply(p::see),
        (s, o, p) -> s.thenApplyAsync(p::see),
        (s, o, p) -> s.thenApplyAsync(p::see, on));
    forms.add(
        "thenAccept",
        (s, o, p) -> s.thenAccept(p::see),
        (s, o, p) -> s.thenAcceptAsync(p::see),
        (s, o, p) -> s.thenAcceptAsync(p::see, on));
    forms.add(
        "thenRun",
        (s, o, p) -> s.thenRun(p::see),
        (s, o, p) -> s.thenRunAsync(p::see),
        (s, o, p) -> s.thenRunAsync(p::see, on));
    forms.add(
        "thenCombine",
        (s, o, p) -> s.thenCombine(o, p::see),
        (s, o, p) -> s.thenCombineAsync(o, p::see),
        (s, o, p) -> s.thenCombineAsync(o, p::see, on));
    forms.add(
        "thenAcceptBoth",
        (s, o, p) -> s.thenAcceptBoth(o, p::see),
        (s, o, p) -> s.thenAcceptBothAsync(o, p::see),
        (s, o, p) -> s.thenAcceptBothAsync(o, p::see, on));
    forms.add(
        "runAfterBoth",
        (s, o, p) -> s.runAfterBoth(o, p::see),
        (s, o, p) -> s.runAfterBothAsync(o, p::see),
        (s, o, p) -> s.runAfterBothAsync(o, p::see, on));
    forms.add(
        "applyToEither",
        (s, o, p) -> s.applyToEither(o, p::see),
        (s, o, p) -> s.applyToEitherAsync(o, p::see),
        (s, o, p) -> s.applyToEitherAsync(o, p::see, on));
    forms.add(
        "acceptEither",
        (s, o, p) -> s.acceptEither(o, p::see),
        (s, o, p) -> s.acceptEitherAsync(o, p::see),
        (s, o, p) -> s.acceptEitherAsync(o, p::see, on));
    forms.add(
        "runAfterEither",
        (s, o, p) -> s.runAfterEither(o, p::see),
        (s, o, p) -> s.runAfterEitherAsync(o, p::see),
        (s, o, p) -> s.runAfterEitherAsync(o, p::see, on));
    forms.add(
        "thenCompose",
        (s, o, p) -> s.thenCompose(p::seeStage),
        (s, o, p) -> s.thenComposeAsync(p::seeStage),
        (s, o, p) -> s.thenComposeAsync(p::seeStage, on));
    forms.add(
        "handle",
        (s, o, p) -> s.handle(p::see),
        (s, o, p) -> s.handleAsync(p::see),
        (s, o, p) -> s.handleAsync(p::see, on));
    forms.add(
        "whenComplete",
        (s, o, p) -> s.whenComplete(p::see),
        (s, o, p) -> s.whenCompleteAsync(p::see),
        (s, o, p) -> s.whenCompleteAsync(p::see, on));
    forms.add(
        "exceptionally",
        (s, o, p) -> s.exceptionally(p::see),
        (s, o, p) -> s.exceptionallyAsync(p::see),
        (s, o, p) -> s.exceptionallyAsync(p::see, on));
    forms.add(
        "exceptionallyCompose",
        (s, o, p) -> s.exceptionallyCompose(p::seeStage),
        (s, o, p) -> s.exceptionallyComposeAsync(p::seeStage),
        (s, o, p) -> s.exceptionallyComposeAsync(p::seeStage, on));
    forms.list.add(new StageForm("copy", Mode.SYNC, (s, o, p) -> s.copy()));
    return forms.list;
  }

  private static final class Forms {
    private final List<StageForm> list = new ArrayList<>();

    private void add(String name, Method sync, Method ownExecutor, Method givenExecutor) {
      list.add(new StageForm(name, Mode.SYNC, sync));
      list.add(new StageForm(name, Mode.OWN_EXECUTOR, ownExecutor));
      list.add(new StageForm(name, Mode.GIVEN_EXECUTOR, givenExecutor));
    }
  }
}
