@NullMarked
package dev.poolwright.console;

import org.jspecify.annotations.NullMarked;
