package dev.poolwright;

/** Functions over several tasks. */
public final class Tasks {

  private Tasks() {}
}
