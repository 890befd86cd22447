/** Figures as {@code name: value unit} lines: medians of several rounds, compared in one run. */
@NullMarked
package dev.poolwright.benchmarks;

import org.jspecify.annotations.NullMarked;
