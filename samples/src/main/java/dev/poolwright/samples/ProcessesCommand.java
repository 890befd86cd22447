package dev.poolwright.samples;

import dev.poolwright.Task;
import dev.poolwright.samples.ProcessExercise.Answer;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/** Ten tasks in four worker JVMs: one annotation value makes the difference. */
@Command(
    name = "processes",
    description = "10 tasks in 4 worker JVMs: the same, each answer from another process.")
final class ProcessesCommand implements Runnable {

  private static final int TASKS = 10;

  private final AsyncProcessExercise exercise;
  private final PrintWriter out;

  @Inject
  ProcessesCommand(AsyncProcessExercise exercise, PrintWriter out) {
    this.exercise = exercise;
    this.out = out;
  }

  @Override
  public void run() {
    Stopwatch stopwatch = new Stopwatch();
    out.printf("This is process %d.%n", ProcessHandle.current().pid());

    List<Task<Answer>> tasks = IntStream.rangeClosed(1, TASKS).mapToObj(exercise::solve).toList();
    for (Task<Answer> task : tasks) {
      Answer answer = task.join();
      out.printf(
          "%3d squared is %3d, says process %d%n", answer.number(), answer.square(), answer.pid());
    }
    out.println(stopwatch.summary(TASKS, ProcessExercise.WORKERS, ProcessExercise.EFFORT));
    out.println("The difference is what it takes to start four JVMs.");
  }
}
