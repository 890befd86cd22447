package example

import dev.poolwright.Pools
import dev.poolwright.Task
import dev.poolwright.annotation.Async
import dev.poolwright.annotation.PoolKind
import java.io.Serializable

/** Runs on threads. */
class Greeter {
  @Async(pool = "greetings", maxWorkers = 2, timeout = "5s")
  fun greet(name: String): String = "Hello, $name, from ${Thread.currentThread().name}"
}

/** Runs in worker JVMs; each makes its object by the constructor without parameters. */
class Squares {
  @Async(pool = "squares", kind = PoolKind.PROCESS, maxWorkers = 2)
  fun square(number: Int): Square = Square(number, number * number)
}

data class Square(val number: Int, val square: Int) : Serializable

fun main() {
  Pools.builder().build().use { pools ->
    println(AsyncGreeter(Greeter(), pools).greet("Kotlin").join())
    val answer: Task<Int> = pools.pool("greetings").submit { 42 } // not ambiguous, and keeps its type
    println("the answer is ${answer.join()}")
    AsyncSquares(Squares(), pools).squareAll(listOf(1, 2, 3)).forEach(::println)
  }
}
