/**
 * The settings of pools as one table, and how their values are written: read by the processor, by
 * the runtime, and by generated code, so that all three speak one language. Users need it where
 * they take settings from a source of their own. It depends on {@code dev.poolwright.annotation}
 * and {@code dev.poolwright.annotation.wording} alone.
 */
package dev.poolwright.annotation.setting;
