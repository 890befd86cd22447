package dev.poolwright.kotlin

import dev.poolwright.Batch
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/**
 * The results of this batch in input order, one by one as they are collected. Inputs that are no collection are pulled
 * as results are taken, never more ahead than the batch's buffer holds; they are pulled on `Dispatchers.IO`.
 *
 * The end of the collection, whatever it is, closes the batch: elements that are not done are cancelled, and runs
 * stopped. The failure of an element ends the flow; to go on after one, await each of [Batch.tasks].
 *
 * @return to be collected once, since a batch hands out each element once
 */
public fun <T> Batch<T>.asFlow(): Flow<T> = flow {
  coroutineScope {
    val end =
      launch(start = CoroutineStart.UNDISPATCHED) {
        try {
          awaitCancellation()
        } finally {
          close() // Also ends the wait for the next element.
        }
      }
    val tasks = tasks().iterator()
    while (withContext(Dispatchers.IO) { tasks.hasNext() }) {
      emit(tasks.next().await())
    }
    end.cancel()
  }
}
