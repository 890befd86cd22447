/**
 * Runnable programs, one command each. Nothing here is for other programs to call; it is for people
 * to read and copy.
 */
@NullMarked
package dev.poolwright.samples;

import org.jspecify.annotations.NullMarked;
