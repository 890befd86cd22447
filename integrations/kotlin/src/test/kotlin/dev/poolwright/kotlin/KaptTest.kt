package dev.poolwright.kotlin

import dev.poolwright.Pools
import java.util.concurrent.CompletionException
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** Proxies that kapt has written, and null where Kotlin says that it may be. */
@Timeout(60)
internal class KaptTest {
  private val pools = Pools.builder().build()
  private val greeter = Greeter()
  private val proxy = AsyncGreeter(greeter, pools)

  @AfterEach fun close() = pools.close()

  @Test
  fun aDefaultIsAnOverload() {
    assertThat(proxy.greet("Ann").join()).isEqualTo("Hello, Ann")
    assertThat(proxy.greet("Ann", "Bye").join()).isEqualTo("Bye, Ann")
    pools.close()
    assertThat(greeter.heard).containsExactly("Bye, Ann")
  }

  @Test
  fun nullableTypesTakeNull() {
    val length: Int? = proxy.lengthOf(null).join()
    assertThat(length).isNull()
    assertThat(proxy.lengthOf("four").join()).isEqualTo(4)
  }

  @Test
  fun aVarargIsAnArray() {
    assertThat(proxy.sum(1, 2, 3).join()).isEqualTo(6)
  }

  @Test
  fun aDataClassTravelsToACompanionsMethod() {
    assertThat(proxy.mirror(Point(1, 2)).join()).isEqualTo(Point(2, 1))
    assertThat(proxy.mirrorAll(listOf(Point(1, 2, "a"), Point(3, 4))).toList())
      .containsExactly(Point(2, 1, "a"), Point(4, 3))
  }

  @Test
  fun lambdasGetTheNullOfAStage() {
    val seen = mutableListOf<Any?>()
    val task = proxy.greet("Ann").whenComplete { text, failure -> seen.addAll(listOf(text, failure)) }
    assertThat(task.join()).isEqualTo("Hello, Ann")
    val handled = proxy.greet("Bob").handle { text, failure -> "$text $failure" }
    assertThat(handled.join()).isEqualTo("Hello, Bob null")
    val failed = pools.pool("io").submit<Int> { error("out of paper") }
    val recovered = failed.handle { value, failure -> "$value ${failure?.message}" }
    assertThat(recovered.join()).isEqualTo("null out of paper")
    assertThrows(CompletionException::class.java) {
      failed.whenComplete { value, _ -> seen.add(value) }.join()
    }
    assertThat(seen).containsExactly("Hello, Ann", null, null)
  }
}
