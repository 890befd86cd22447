/** What the tests of several packages share. */
@NullMarked
package dev.poolwright.internal;

import org.jspecify.annotations.NullMarked;
