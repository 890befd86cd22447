package dev.poolwright.kotlin

import dev.poolwright.Job
import dev.poolwright.JobFunction
import dev.poolwright.MapOption
import dev.poolwright.Pools
import dev.poolwright.ThreadPoolConfig
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** Batches as flows. */
@Timeout(60)
internal class FlowTest {
  private val pools = Pools.builder().pool(ThreadPoolConfig.named("own").maxWorkers(2)).build()
  private val pool = pools.pool("own")
  private val pulled = AtomicInteger()

  /** Without an end. */
  private val numbers = Iterable { generateSequence { pulled.incrementAndGet() }.iterator() }

  @AfterEach
  fun close() {
    pools.shutdownNow()
    pools.close()
  }

  @Test
  fun resultsComeInInputOrder() = runBlocking<Unit> {
    val batch = pool.map(JobFunction<Int, Int> { 2 * it }, (1..500).toList())
    assertThat(batch.asFlow().toList()).isEqualTo((1..500).map { 2 * it })
  }

  @Test
  fun inputsArePulledAsResultsAreTaken() = runBlocking<Unit> {
    val batch = pool.map(JobFunction<Int, Int> { it }, numbers, MapOption.buffer(10))
    assertThat(batch.asFlow().take(20).toList()).isEqualTo((1..20).toList())
    assertThat(pulled.get()).isBetween(20, 40)
    assertThat(batch.tasks().iterator().asSequence().count { !it.isDone }).isZero()
  }

  @Test
  fun aFailureEndsTheFlowAndStopsTheOthers() {
    val endless = Endless()
    val batch =
      pool.map(
        JobFunction<Int, Int> {
          if (it == 1) endless.run()
          endless.begun.await()
          error("out of paper")
        },
        listOf(0, 1),
        MapOption.chunkSize(1),
      )
    val failure =
      assertThrows(IllegalStateException::class.java) { runBlocking { batch.asFlow().toList() } }
    assertThat(failure).hasMessage("out of paper")
    assertThat(endless.stopped.await(30, TimeUnit.SECONDS)).isTrue()
  }

  @Test
  fun aCancelWhileItWaitsStopsTheRuns() = runBlocking<Unit> {
    val endless = Endless()
    val batch = pool.map(JobFunction<Int, Int> { endless.run() }, numbers, MapOption.buffer(1))
    // What is cancelled before it has begun collects nothing.
    val collecting = launch(start = CoroutineStart.UNDISPATCHED) { batch.asFlow().toList() }
    withContext(Dispatchers.IO) { endless.begun.await() }
    collecting.cancelAndJoin()
    assertThat(withContext(Dispatchers.IO) { endless.stopped.await(30, TimeUnit.SECONDS) }).isTrue()
    assertThat(pool.submit(Job { 7 }).await()).isEqualTo(7)
  }
}
