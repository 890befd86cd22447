/** A live page of pools, and pictures of a run. */
@NullMarked
package dev.poolwright.console;

import org.jspecify.annotations.NullMarked;
