/**
 * The checks that read method bodies: they watch the compiler attribute a class and look at its
 * trees. Called by the processor and the javac plugin through {@code BodyNote} and {@code
 * BodyReport}; nothing else may load it, since it needs {@code com.sun.source}, which other
 * compilers lack.
 */
@NullMarked
package dev.poolwright.processor.body;

import org.jspecify.annotations.NullMarked;
