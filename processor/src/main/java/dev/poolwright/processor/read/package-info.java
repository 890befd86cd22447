/**
 * Reads classes and packages, of sources and of class files, into the model, and adds what no proxy
 * can call to the mistakes. Called by the processors, the checks and the body checks.
 */
@NullMarked
package dev.poolwright.processor.read;

import org.jspecify.annotations.NullMarked;
