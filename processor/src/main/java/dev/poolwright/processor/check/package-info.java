/**
 * The checks: of one class, and of all pools together. They read the model and add mistakes. Called
 * by the processors; what is written asks them what can travel.
 */
@NullMarked
package dev.poolwright.processor.check;

import org.jspecify.annotations.NullMarked;
