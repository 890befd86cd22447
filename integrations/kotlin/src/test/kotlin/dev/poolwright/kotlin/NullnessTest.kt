package dev.poolwright.kotlin

import dev.poolwright.BatchProgress
import dev.poolwright.ContextCarrier
import dev.poolwright.Job
import dev.poolwright.JobFunction
import dev.poolwright.MapOption
import dev.poolwright.PoolListener
import dev.poolwright.Pools
import dev.poolwright.ProcessPoolConfig
import dev.poolwright.Task
import dev.poolwright.TaskEvent
import dev.poolwright.Tasks
import dev.poolwright.ThreadPoolConfig
import dev.poolwright.UnobservedFailure
import dev.poolwright.WorkerCrashedException
import dev.poolwright.WorkerEvent
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/**
 * The public API as Kotlin sees it: a type that says it is never null while it may be throws in the lambda that gets it,
 * or does not compile here, where types are written out and warnings are errors.
 */
@Timeout(120)
internal class NullnessTest {
  private val seen = ConcurrentLinkedQueue<Any>()
  private val here = Executor { it.run() }

  private fun see(vararg what: Any?) {
    what.forEach { seen.add(it ?: "null") }
  }

  private fun <R> withPools(vararg others: Any, use: (Pools) -> R): R {
    val builder = Pools.builder().pool(ThreadPoolConfig.named("io").maxWorkers(2))
    for (other in others) {
      when (other) {
        is PoolListener -> builder.listener(other)
        is ContextCarrier -> builder.context(other)
        is ProcessPoolConfig -> builder.pool(other)
      }
    }
    return builder.build().use(use)
  }

  @Test
  fun bothOutcomesMayBeNull(): Unit = withPools { pools ->
    val pool = pools.pool("io")
    val fine: Task<Int> = pool.submit(Job { 7 })
    val failed: Task<Int> = pool.submit(Job<Int> { error("no") })
    for (task in listOf(fine, failed)) {
      val texts: List<Task<String>> =
        listOf(
          task.handle { value: Int?, failure: Throwable? -> "$value ${failure?.message}" },
          task.handleAsync { value: Int?, failure: Throwable? -> "$value ${failure?.message}" },
          task.handleAsync({ value: Int?, failure: Throwable? -> "$value ${failure?.message}" }, here),
        )
      assertThat(texts.map { it.join() }.distinct()).containsExactly(if (task === fine) "7 null" else "null no")
      // Without types as well: these are what the annotations say.
      assertThat(task.handle { value, failure -> value == null != (failure == null) }.join()).isTrue()
      listOf(
          task.whenComplete { value: Int?, failure: Throwable? -> see(value, failure?.message) },
          task.whenCompleteAsync { value: Int?, failure: Throwable? -> see(value, failure?.message) },
          task.whenCompleteAsync({ value: Int?, failure: Throwable? -> see(value, failure?.message) }, here),
          task.whenComplete { value, failure -> see(value, failure?.message) },
        )
        .forEach { stage -> stage.handle { _, _ -> 1 }.join() }
    }
    assertThat(seen.groupingBy { it }.eachCount()).isEqualTo(mapOf("null" to 8, 7 to 4, "no" to 4))
  }

  @Test
  fun resultsMayBeNullWhereTheirTypeSaysSo(): Unit = withPools { pools ->
    val pool = pools.pool("io")
    val none: Task<Int?> = pool.submit(Job<Int?> { null })
    val one: Task<Int> = pool.submit(Job { 1 })
    assertThat(none.join() as Int?).isNull()
    assertThat(none.resultNow() as Int?).isNull()
    val stages: List<CompletableFuture<out Any?>> =
      listOf(
        none.thenApply { value: Int? -> value },
        none.thenApplyAsync { value: Int? -> value },
        none.thenApplyAsync({ value: Int? -> value }, here),
        none.thenCompose { value: Int? -> Task.completed(value) },
        none.thenComposeAsync { value: Int? -> Task.completed(value) },
        none.thenCombine(one) { value: Int?, other: Int -> if (other > 1) other else value },
        one.thenCombineAsync(none) { _: Int, value: Int? -> value },
        none.applyToEither(Task.completed<Int?>(null)) { value: Int? -> value },
        none.applyToEitherAsync(Task.completed<Int?>(null)) { value: Int? -> value },
        none.exceptionally { failure: Throwable -> failure.hashCode() },
        none.exceptionallyCompose { failure: Throwable -> Task.failed<Int?>(failure) },
        Task.failed<Int?>(IllegalStateException()).exceptionally { null },
        none.thenAccept { value: Int? -> see(value) },
        none.thenAcceptAsync { value: Int? -> see(value) },
        none.thenAcceptBoth(one) { value: Int?, other: Int -> see(value, other) },
        none.acceptEither(Task.completed<Int?>(null)) { value: Int? -> see(value) },
        none.thenRun { see(2) },
        none.runAfterBoth(one) { see(3) },
        none.runAfterEither(one) { see(4) },
        none.copy(),
      )
    for (stage in stages) {
      assertThat(stage.join()).isNull()
    }
    val done = CompletableFuture<Int?>()
    none.onDone { task: Task<Int?> -> done.complete(task.resultNow()) }
    assertThat(done.join() as Int?).isNull()
    val all: List<Int?> = Tasks.allOf(listOf(none, one)).join()
    assertThat(all).containsExactly(null, 1)
    assertThat(Task.completed<Int?>(null).join() as Int?).isNull()
  }

  @Test
  fun elementsOfBatchesMayBeNull(): Unit = withPools { pools ->
    val twice = JobFunction<Int?, Int?> { it?.let { number -> 2 * number } }
    val progress = LinkedBlockingQueue<BatchProgress>()
    val batch = pools.pool("io").map(twice, listOf(1, null, 3), MapOption.progress { progress.add(it) })
    val results: List<Int?> = batch.toList()
    assertThat(results).containsExactly(2, null, 6)
    assertThat(progress.take().remaining()).isNotNull()
  }

  @Test
  fun listenersAreToldWhatMayBeNull() {
    val listener =
      object : PoolListener {
        override fun taskEnded(event: TaskEvent) {
          val failure: Throwable? = event.failure()
          val worker: String? = event.worker()
          see(failure?.message, worker, event.pool(), event.name(), event.pid(), event.parent())
        }

        override fun taskRejected(event: TaskEvent) = see(event.failure(), event.worker(), event.ran())

        override fun workerStarted(event: WorkerEvent) {
          val reason: String? = event.reason()
          see(reason, event.worker(), event.pid())
        }

        override fun workerEnded(event: WorkerEvent) = see(event.reason(), event.worker())
      }
    withPools(listener) { pools ->
      val pool = pools.pool("io")
      pool.submit(Job { 1 }).join()
      pool.submit(Job<Int> { error("no") }).handle { _, _ -> 1 }.join()
      val broken: String? = pool.stats().broken()
      assertThat(broken).isNull()
      pool.workers().forEach { see(it.name(), it.task(), it.pid()) }
      pool.tasks().forEach { see(it.name(), it.progress()) }
    }
    assertThat(seen).contains("null", "no", "io")
  }

  @Test
  fun aContextMayBeMissing() {
    val carrier =
      object : ContextCarrier {
        override fun name() = "none"

        override fun capture(): Any? = null

        override fun around(captured: Any, run: Runnable) = run.run()

        override fun imported(fields: Map<String, String>): Any? = null
      }
    withPools(carrier) { pools -> assertThat(pools.pool("io").submit(Job { 7 }).join()).isEqualTo(7) }
  }

  @Test
  fun failuresHaveFactsThatMayBeMissing() {
    val config = ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m")
    withPools(config) { pools ->
      val failure = pools.pool("cpu").submit(Job { Runtime.getRuntime().halt(3) }).handle { _, thrown -> thrown }.join()
      val crash = (failure as WorkerCrashedException).crash()
      val file: String? = crash.errorFile()
      val report: String? = crash.crashReport()
      assertThat(listOf(file, report)).containsOnlyNulls()
      assertThat(crash.exitCode()).isEqualTo(3)
      assertThat(crash.lastStderr()).isEmpty()
    }
    val heard = LinkedBlockingQueue<UnobservedFailure>()
    Pools.builder().pool(ThreadPoolConfig.named("io")).onUnobservedFailure { heard.add(it) }.build().use { pools ->
      pools.pool("io").submit(Job<Int> { error("unseen") })
    }
    val unseen = heard.take()
    val site: StackTraceElement? = unseen.submitSite()
    assertThat(site).isNull()
    assertThat(unseen.cause()).hasMessage("unseen")
  }
}
