package dev.poolwright.processor.write;

import com.palantir.javapoet.NameAllocator;

/** Names of one scope, each given once: one that is taken, or is no identifier, is altered. */
final class Scope {

  private final NameAllocator names;

  Scope() {
    this(new NameAllocator());
  }

  private Scope(NameAllocator names) {
    this.names = names;
  }

  /** A name that is free here, the wanted one if that is. */
  String newName(String wanted) {
    // Nobody asks for it by a tag; without one the allocator would draw a random number.
    return names.newName(wanted, new Object());
  }

  /** A scope inside of this one. */
  Scope inner() {
    return new Scope(names.clone());
  }
}
