package dev.poolwright.samples;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.samples.Exercise.Answer;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/** One method mapped over ten inputs: the answers come in input order. */
@Command(name = "map", description = "The same with one call: a method mapped over 10 inputs.")
final class MapCommand implements Runnable {

  private static final int INPUTS = 10;

  private final AsyncExercise exercise;
  private final Progress progress;
  private final PrintWriter out;

  @Inject
  MapCommand(AsyncExercise exercise, Progress progress, PrintWriter out) {
    this.exercise = exercise;
    this.progress = progress;
    this.out = out;
  }

  @Override
  public void run() {
    List<Integer> numbers = IntStream.rangeClosed(1, INPUTS).boxed().toList();
    Stopwatch stopwatch = new Stopwatch();

    for (Answer answer : solve(numbers)) {
      out.printf(
          "%3d squared is %3d, says %s%n", answer.number(), answer.square(), answer.worker());
    }
    out.println(stopwatch.summary(INPUTS, Exercise.WORKERS, Exercise.EFFORT));
  }

  /** All answers, or none: a failure cancels the others. */
  private List<Answer> solve(List<Integer> numbers) {
    try (Progress.Display display = progress.begin("Squares");
        Batch<Answer> batch =
            exercise.solveAll(
                numbers,
                MapOption.progress(now -> display.update(now.done(), INPUTS)),
                MapOption.timeout(Duration.ofMinutes(1)),
                MapOption.failFast())) {
      return batch.toList();
    }
  }
}
