package dev.poolwright.internal.task;

import org.jspecify.annotations.Nullable;

/**
 * A thread that works for the pools of one engine. A daemon, since the keeper keeps the JVM alive;
 * it has normal priority, the class loader of the pools and nothing of the thread that started it.
 */
abstract class EngineThread extends Thread {

  private final Engine engine;

  EngineThread(Engine engine, String name) {
    super(null, null, name, 0, false);
    this.engine = engine;
    setDaemon(true);
    setPriority(NORM_PRIORITY);
    setContextClassLoader(engine.loader());
  }

  final Engine engine() {
    return engine;
  }

  /**
   * This thread, which calls, is about to wait for a task of a pool: it lends its place where the
   * task might never run otherwise.
   *
   * @return what gives the place back; null when there is nothing to lend
   */
  abstract @Nullable Runnable lendPlace(EnginePool awaited);
}
