/** End-to-end tests: every sample is run as its user runs it. */
@NullMarked
package dev.poolwright.samples;

import org.jspecify.annotations.NullMarked;
