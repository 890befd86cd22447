package dev.poolwright.kotlin

import dev.poolwright.annotation.Async
import dev.poolwright.annotation.Callback
import dev.poolwright.annotation.PoolKind
import java.io.Serializable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** What goes to a worker JVM, and comes back. */
data class Point(val x: Int, val y: Int, val name: String? = null) : Serializable

/** Annotated as users do; kapt writes its proxy. */
open class Greeter {
  val heard = mutableListOf<String>()

  @Async(pool = "io", maxWorkers = 2)
  @JvmOverloads
  fun greet(name: String, greeting: String = "Hello"): String = "$greeting, $name"

  @Callback("greet(String, String)")
  fun hear(text: String) {
    heard += text
  }

  @Async(pool = "io") fun lengthOf(text: String?): Int? = text?.length

  @Async(pool = "io") fun sum(vararg numbers: Int): Int = numbers.sum()

  companion object {
    @Async(pool = "cpu", kind = PoolKind.PROCESS, maxWorkers = 1)
    @JvmStatic
    fun mirror(point: Point): Point = Point(point.y, point.x, point.name)

    @Async(pool = "cpu")
    @JvmStatic
    fun sleep(millis: Long): Long = millis.also { Thread.sleep(it) }
  }
}

/** Runs until it is interrupted. */
class Endless {
  val begun = CountDownLatch(1)
  val stopped = CountDownLatch(1)

  fun run(): Int {
    begun.countDown()
    try {
      TimeUnit.DAYS.sleep(1)
    } catch (e: InterruptedException) {
      stopped.countDown()
      throw e
    }
    return 0
  }
}
