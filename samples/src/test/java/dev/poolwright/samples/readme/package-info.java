/** The code of the README, compiled; {@code DocumentationTest} compares them. */
@NullMarked
package dev.poolwright.samples.readme;

import org.jspecify.annotations.NullMarked;
