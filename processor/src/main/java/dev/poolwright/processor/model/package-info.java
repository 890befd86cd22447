/**
 * What the processors know: annotated classes, their methods, callbacks and pools as data, the
 * mistakes in them and the texts of the messages, and the names of what is generated. Depends on no
 * other package of the processor; all others may use it.
 */
@NullMarked
package dev.poolwright.processor.model;

import org.jspecify.annotations.NullMarked;
