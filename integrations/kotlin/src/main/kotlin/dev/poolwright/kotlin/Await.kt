package dev.poolwright.kotlin

import dev.poolwright.Task
import dev.poolwright.TaskStatus
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.suspendCancellableCoroutine

/**
 * Suspends until this task is done. When the coroutine is cancelled, or its time is over, so is the task: its run is
 * stopped, by an interrupt of its thread or by the end of its worker JVM.
 *
 * What the task failed with is thrown as it is, without a `CompletionException` around it.
 *
 * @return the result
 * @throws kotlin.coroutines.cancellation.CancellationException when the task was cancelled
 */
public suspend fun <T> Task<T>.await(): T =
  if (status() == TaskStatus.SUCCEEDED) resultNow()
  else
    suspendCancellableCoroutine { continuation ->
      onDone { done ->
        when (done.status()) {
          TaskStatus.SUCCEEDED -> continuation.resume(done.resultNow())
          TaskStatus.FAILED -> continuation.resumeWithException(done.exceptionNow())
          else -> continuation.resumeWithException(cancellation(done))
        }
      }
      continuation.invokeOnCancellation { cancel(true) }
    }

private fun cancellation(task: Task<*>): Throwable =
  try {
    IllegalStateException("${task.name()} has the result ${task.join()}")
  } catch (cancelled: java.util.concurrent.CancellationException) {
    cancelled
  }
