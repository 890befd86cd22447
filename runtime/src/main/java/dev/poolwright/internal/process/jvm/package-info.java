/**
 * One worker JVM, as its parent sees it: its channel, its output, its files, its end, and what its
 * end says. It knows nothing of how one is started.
 */
@NullMarked
package dev.poolwright.internal.process.jvm;

import org.jspecify.annotations.NullMarked;
