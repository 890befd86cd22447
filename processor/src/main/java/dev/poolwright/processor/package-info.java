/**
 * The annotation processors and the javac plugin. The compiler alone calls this package, through
 * the services that it names; what they do stands in the packages below, one for each stage.
 */
@NullMarked
package dev.poolwright.processor;

import org.jspecify.annotations.NullMarked;
