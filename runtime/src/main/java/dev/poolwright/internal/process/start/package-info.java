/**
 * The start of a worker JVM: class path, options, memory, the command line, what the operating
 * system is asked for, and the greeting. All that makes a start fast on the parent's side is here.
 */
@NullMarked
package dev.poolwright.internal.process.start;

import org.jspecify.annotations.NullMarked;
