package dev.poolwright.internal.registry;

import dev.poolwright.PoolConfig;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.spi.PoolCatalogue.Declaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every pool of an application with its settings. Strongest first: system properties, properties of
 * other sources, code, annotations, defaults. Annotations and code make pools, properties change
 * them, and {@code "default"} is always there.
 *
 * <p><b>Shape:</b> immutable; making one starts nothing.
 */
final class Configuration {

  private static final String DEFAULT = "default";

  private final SortedMap<String, PoolSettings> pools = new TreeMap<>();
  private final SortedMap<String, List<String>> sources = new TreeMap<>();
  private final List<String> moves = new ArrayList<>();
  private final boolean isDeclared;

  private Configuration(boolean isDeclared) {
    this.isDeclared = isDeclared;
  }

  /**
   * Reads every source as it is now.
   *
   * @param loader finds the catalogues of declared pools
   * @param code in the order given; of one pool the later wins, setting by setting
   * @param properties strongest of all
   * @return the merged configuration
   * @throws IllegalArgumentException as {@link #merge} does, and when a catalogue cannot be read
   */
  static Configuration read(ClassLoader loader, List<PoolConfig> code, PoolProperties properties) {
    return merge(CatalogueLoader.load(loader), code, properties);
  }

  /**
   * Merges all sources.
   *
   * @param declared by annotations; explicit values of one pool must agree
   * @param code in the order given; of one pool the later wins, setting by setting
   * @param properties those that speak of pools
   * @return the merged configuration
   * @throws IllegalArgumentException with every mistake, one a line
   */
  static Configuration merge(
      List<Declaration> declared, List<PoolConfig> code, PoolProperties properties) {
    SortedSet<String> names = names(declared, code);

    Configuration configuration = new Configuration(!declared.isEmpty());
    List<IllegalArgumentException> mistakes = new ArrayList<>();
    for (String mistake : properties.mistakes(names)) {
      mistakes.add(new IllegalArgumentException(mistake));
    }
    for (String name : names) {
      try {
        configuration.add(name, declared, code, properties);
      } catch (IllegalArgumentException e) {
        mistakes.add(e);
      }
    }
    throwAny(mistakes);
    return configuration;
  }

  /** The pools there would be, less those of catalogues that cannot be read; unmodifiable. */
  static SortedSet<String> names(ClassLoader loader, List<PoolConfig> code) {
    List<Declaration> declared;
    try {
      declared = CatalogueLoader.load(loader);
    } catch (IllegalArgumentException e) {
      declared = List.of(); // told by everybody who reads the configuration
    }
    return Collections.unmodifiableSortedSet(names(declared, code));
  }

  private static SortedSet<String> names(List<Declaration> declared, List<PoolConfig> code) {
    SortedSet<String> names = new TreeSet<>(List.of(DEFAULT));
    for (Declaration declaration : declared) {
      names.add(declaration.config().name());
    }
    for (PoolConfig config : code) {
      names.add(config.name());
    }
    return names;
  }

  private void add(
      String name, List<Declaration> declared, List<PoolConfig> code, PoolProperties properties) {
    PoolMerge pool = new PoolMerge(name);
    for (Declaration one : declared) {
      if (one.config().name().equals(name)) {
        pool.declare(one);
      }
    }
    for (PoolConfig one : code) {
      if (one.name().equals(name)) {
        pool.configure(one);
      }
    }
    pool.override(properties.of(name), properties.standardKind());
    pools.put(name, pool.settings());
    sources.put(name, pool.sources());
    String move = pool.move();
    if (move != null) {
      moves.add(move);
    }
  }

  private static void throwAny(List<IllegalArgumentException> mistakes) {
    if (mistakes.size() == 1) {
      throw mistakes.get(0);
    }
    if (!mistakes.isEmpty()) {
      IllegalArgumentException all =
          new IllegalArgumentException(
              String.join(
                  System.lineSeparator(), mistakes.stream().map(Throwable::getMessage).toList()));
      mistakes.forEach(all::addSuppressed);
      throw all;
    }
  }

  /** The pools in order of their names; unmodifiable. */
  SortedMap<String, PoolSettings> pools() {
    return Collections.unmodifiableSortedMap(pools);
  }

  /**
   * Who speaks of a pool.
   *
   * @param pool a name of {@link #pools}
   * @return weakest first: places of annotations, {@code code}, properties as {@code -Dname=value};
   *     empty for a default pool that nobody speaks of; unmodifiable
   */
  List<String> sources(String pool) {
    return sources.getOrDefault(pool, List.of());
  }

  /**
   * Says that there is no such pool.
   *
   * @param pool what was asked for
   * @return to be thrown; its message names the pools there are, and the nearest, and says what may
   *     be wrong where no annotation declares any
   */
  NoSuchElementException unknown(String pool) {
    return new NoSuchElementException(
        "no pool \"" + pool + "\"; " + KnownNames.among(pool, pools.keySet()) + hint());
  }

  private String hint() {
    return isDeclared
        ? ""
        : ". No pool that annotations declare was found; if there should be one, put"
            + " poolwright-processor on the annotation processor path, and keep META-INF/services"
            + " of every jar when jars are merged";
  }

  /** Which pools a property moved to another kind, a line each; unmodifiable. */
  List<String> moves() {
    return Collections.unmodifiableList(moves);
  }
}
