package dev.poolwright.samples;

import dev.poolwright.Task;
import dev.poolwright.samples.Exercise.Answer;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/** Ten tasks on four threads: submit returns at once, join waits for the answer. */
@Command(
    name = "threads",
    description = "10 tasks on 4 threads: submit, then ask each task for its answer.")
final class ThreadsCommand implements Runnable {

  private static final int TASKS = 10;

  private final AsyncExercise exercise;
  private final PrintWriter out;

  @Inject
  ThreadsCommand(AsyncExercise exercise, PrintWriter out) {
    this.exercise = exercise;
    this.out = out;
  }

  @Override
  public void run() {
    Stopwatch stopwatch = new Stopwatch();

    List<Task<Answer>> tasks = IntStream.rangeClosed(1, TASKS).mapToObj(exercise::solve).toList();
    out.printf("%d tasks submitted; the first is %s.%n", TASKS, tasks.get(0).status());

    for (Task<Answer> task : tasks) {
      Answer answer = task.join();
      out.printf(
          "%3d squared is %3d, says %s%n", answer.number(), answer.square(), answer.worker());
    }
    out.println(stopwatch.summary(TASKS, Exercise.WORKERS, Exercise.EFFORT));
  }
}
