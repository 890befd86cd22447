/**
 * What runs in a worker JVM: it connects to its parent, reads calls and runs them. Nothing here is
 * called by the parent; {@code internal.process} starts it by the name of {@code WorkerMain}.
 */
@NullMarked
package dev.poolwright.internal.worker;

import org.jspecify.annotations.NullMarked;
