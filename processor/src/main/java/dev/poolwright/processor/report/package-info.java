/**
 * Prints mistakes, as heavy as the lint option wants them, at the narrowest place. Called by the
 * processors and the body checks, and by what writes files, for their failures.
 */
@NullMarked
package dev.poolwright.processor.report;

import org.jspecify.annotations.NullMarked;
