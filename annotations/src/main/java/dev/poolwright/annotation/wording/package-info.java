/**
 * Words that messages of the compiler and of the runtime have in common. For those two modules
 * alone, which can be changed together with it; it depends on {@code dev.poolwright.annotation}
 * alone.
 */
package dev.poolwright.annotation.wording;
