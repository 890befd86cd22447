package dev.poolwright.processor.model;

/** How heavy a diagnostic is before the lint option changes it. */
public enum Severity {
  /** What cannot work; it can be neither silenced nor weakened. */
  ERROR,

  /** What may be meant; it can be silenced, or promoted to an error. */
  WARNING
}
