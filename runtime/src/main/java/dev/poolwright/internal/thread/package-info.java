/** Pools of threads. Made by the registry; knows the engine alone. */
@NullMarked
package dev.poolwright.internal.thread;

import org.jspecify.annotations.NullMarked;
