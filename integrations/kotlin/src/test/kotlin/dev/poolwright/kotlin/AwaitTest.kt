package dev.poolwright.kotlin

import dev.poolwright.Job
import dev.poolwright.Pools
import dev.poolwright.Task
import dev.poolwright.ThreadPoolConfig
import java.util.concurrent.CancellationException
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** Coroutines that wait for tasks. */
@Timeout(60)
internal class AwaitTest {
  private val pools = Pools.builder().pool(ThreadPoolConfig.named("own").maxWorkers(2)).build()
  private val pool = pools.pool("own")

  @AfterEach
  fun close() {
    pools.shutdownNow()
    pools.close()
  }

  @Test
  fun aResultIsAwaited() = runBlocking<Unit> {
    assertThat(pool.submit(Job { 7 }).await()).isEqualTo(7)
    val nothing: Int? = pool.submit(Job<Int?> { null }).await()
    assertThat(nothing).isNull()
    assertThat(Task.completed(8).await()).isEqualTo(8)
    val all = (1..100).map { number -> async { pool.submit(Job { 2 * number }).await() } }
    assertThat(all.awaitAll().sum()).isEqualTo(10_100)
  }

  @Test
  fun aFailureIsThrownAsItIs() {
    val failure =
      assertThrows(IllegalStateException::class.java) {
        runBlocking { pool.submit(Job<Int> { error("out of paper") }).await() }
      }
    assertThat(failure).hasMessage("out of paper")
  }

  @Test
  fun aCancelOfTheCoroutineStopsTheRun() = runBlocking<Unit> {
    val endless = Endless()
    val task = pool.submit(Job { endless.run() })
    // What is cancelled before it has begun awaits nothing.
    val waiting = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { task.await() }
    withContext(Dispatchers.IO) { endless.begun.await() }
    waiting.cancelAndJoin()
    assertThat(task.isCancelled).isTrue()
    assertThat(withContext(Dispatchers.IO) { endless.stopped.await(30, TimeUnit.SECONDS) }).isTrue()
  }

  @Test
  fun aTimeoutStopsTheRun() {
    val endless = Endless()
    val task = pool.submit(Job { endless.run() })
    endless.begun.await()
    assertThrows(TimeoutCancellationException::class.java) { runBlocking { withTimeout(10) { task.await() } } }
    assertThat(endless.stopped.await(30, TimeUnit.SECONDS)).isTrue()
    assertThat(task.isCancelled).isTrue()
  }

  @Test
  fun aTimeoutKillsAWorkerJvm() {
    val proxy = AsyncGreeter(Greeter(), pools)
    assertThat(proxy.sleep(1).join()).isEqualTo(1)
    val task = proxy.sleep(TimeUnit.DAYS.toMillis(1))
    assertThrows(TimeoutCancellationException::class.java) { runBlocking { withTimeout(10) { task.await() } } }
    assertThat(task.isCancelled).isTrue()
    assertThat(proxy.sleep(2).join()).isEqualTo(2) // The one worker is free again.
  }

  @Test
  fun aCancelledTaskCancels() {
    val task = pool.submit(Job { Endless().run() })
    task.cancel(true)
    assertThrows(CancellationException::class.java) { runBlocking { task.await() } }
  }
}
