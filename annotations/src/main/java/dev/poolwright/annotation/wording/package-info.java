/**
 * What the compiler and the runtime refuse by one rule and say in the same words. For those two
 * modules alone, which can be changed together with it; it depends on {@code
 * dev.poolwright.annotation} alone.
 */
package dev.poolwright.annotation.wording;
