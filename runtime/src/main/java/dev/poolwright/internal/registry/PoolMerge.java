package dev.poolwright.internal.registry;

import dev.poolwright.PoolConfig;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.annotation.setting.SettingRange;
import dev.poolwright.annotation.wording.Choice;
import dev.poolwright.annotation.wording.OtherKinds;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.spi.PoolCatalogue.Declaration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges all that is said of one pool, weakest first: {@link #declare}, then {@link #configure},
 * then {@link #override}, then {@link #settings}.
 *
 * <p><b>Errors:</b> each of them throws {@link IllegalArgumentException} with the pool, the values
 * and who gave them.
 */
final class PoolMerge {

  private static final String KIND = "kind";
  private static final String CODE = "code";

  private final String name;
  private final Map<PoolSetting, Given> givens = new EnumMap<>(PoolSetting.class);
  private final Set<String> sources = new LinkedHashSet<>();
  private @Nullable Given kind;
  private @Nullable String move;
  private boolean isToOrFromVirtual;

  PoolMerge(String name) {
    this.name = name;
  }

  /** Adds an annotation: its explicit values must be those of the annotations before it. */
  void declare(Declaration declaration) {
    String source = declaration.source();
    if (declaration.kindGiven()) {
      kind = agreed(KIND, kind, new Given(declaration.config().kind(), source));
    }
    for (PoolSetting setting : PoolSetting.values()) {
      Optional<Object> value = declaration.config().get(setting);
      if (value.isPresent()) {
        Given now = new Given(value.get(), source);
        givens.put(setting, agreed(setting.key(), givens.get(setting), now));
      }
    }
    sources.add(source);
  }

  private Given agreed(String key, @Nullable Given before, Given now) {
    if (before != null && !before.value().equals(now.value())) {
      throw mistake(
          "is declared with %s %s by %s, and with %s by %s; declare it once",
          key, before.text(), before.source(), now.text(), now.source());
    }
    return before == null ? now : before;
  }

  /** Adds code: its values replace those before it; its kind must be the one before it. */
  void configure(PoolConfig config) {
    if (kind != null && kind.value() != config.kind()) {
      throw mistake(
          "is declared as %s by %s, but configured as %s by code; configure one kind, or move the"
              + " pool by -D%s%s.%s=%s",
          kindNow().plural(),
          kind.source(),
          config.kind().plural(),
          PoolProperty.PREFIX,
          name,
          KIND,
          config.kind().key());
    }
    kind = kind == null ? new Given(config.kind(), CODE) : kind;
    for (PoolSetting setting : PoolSetting.values()) {
      Optional<Object> value = config.get(setting);
      if (value.isPresent()) {
        givens.put(setting, new Given(value.get(), CODE));
      }
    }
    sources.add(CODE);
  }

  /**
   * Adds properties. One that moves the pool to another kind drops what was said before of settings
   * that this kind does not have.
   *
   * @param properties of this pool, not yet read
   * @param standard the kind of a pool whose kind nothing gives; such a pool keeps its number of
   *     workers
   */
  void override(Collection<PoolProperty> properties, @Nullable PoolProperty standard) {
    for (PoolProperty property : properties) {
      if (property.key().equals(KIND)) {
        moveTo(new Given(readKind(property), property.given()));
      }
    }
    if (kind == null && standard != null) {
      Given workers = givens.get(PoolSetting.MAX_WORKERS);
      if (workers == null || workers.value().equals(0)) {
        int processors = Runtime.getRuntime().availableProcessors();
        givens.put(PoolSetting.MAX_WORKERS, new Given(processors, standard.given()));
      }
      moveTo(new Given(readKind(standard), standard.given()));
    }
    for (PoolProperty property : properties) {
      if (!property.key().equals(KIND)) {
        PoolSetting setting = setting(property);
        givens.put(setting, new Given(read(setting, property), property.given()));
      }
      sources.add(property.given());
    }
  }

  private void moveTo(Given wanted) {
    PoolKind before = kindNow();
    String by = kind == null ? String.join(", ", sources) : kind.source();
    kind = wanted;
    if (before != kindNow()) {
      move =
          String.format(
              "pool \"%s\" runs as %s because of %s; declared as %s by %s",
              name,
              kindNow().plural(),
              wanted.source(),
              before.plural(),
              by.isEmpty() ? "default" : by);
      isToOrFromVirtual = before == PoolKind.VIRTUAL || kindNow() == PoolKind.VIRTUAL;
      List<String> dropped =
          givens.keySet().stream()
              .filter(setting -> !setting.isFor(kindNow()))
              .map(PoolSetting::key)
              .toList();
      givens.keySet().removeIf(setting -> !setting.isFor(kindNow()));
      move += dropped.isEmpty() ? "" : "; dropped: " + String.join(", ", dropped);
    }
  }

  private PoolKind readKind(PoolProperty property) {
    try {
      return PoolKind.valueOf(property.text().strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(
              "%s is \"%s\"; must be %s",
              property.subject(),
              property.text(),
              Choice.of(Arrays.stream(PoolKind.values()).map(PoolKind::key).toList())),
          e);
    }
  }

  private PoolSetting setting(PoolProperty property) {
    PoolSetting setting =
        Arrays.stream(PoolSetting.values())
            .filter(one -> one.key().equals(property.key()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        String.format(
                            "%s is no setting; %s",
                            property.subject(), KnownNames.among(property.key(), keys()))));
    if (!setting.isFor(kindNow())) {
      throw new IllegalArgumentException(
          String.format(
              "%s is a setting of pools of %s, but pool \"%s\" runs as %s%s; remove it, or add"
                  + " %s",
              property.subject(),
              OtherKinds.of(setting.kinds()),
              name,
              kindNow().plural(),
              OtherKinds.whyNot(setting.kinds(), kindNow()),
              property.assignment(
                  KIND, Choice.of(setting.kinds().stream().map(PoolKind::key).toList()))));
    }
    return setting;
  }

  private List<String> keys() {
    return Stream.concat(
            Stream.of(KIND),
            Arrays.stream(PoolSetting.values())
                .filter(setting -> setting.isFor(kindNow()))
                .map(PoolSetting::key))
        .toList();
  }

  private Object read(PoolSetting setting, PoolProperty property) {
    try {
      return setting.read(kindNow(), property.text());
    } catch (IllegalArgumentException e) {
      String told = Objects.requireNonNull(e.getMessage()); // begins with the key
      throw new IllegalArgumentException(
          property.subject() + told.substring(setting.key().length()), e);
    }
  }

  /** The result, once its settings agree with each other. */
  PoolSettings settings() {
    Map<PoolSetting, Object> values = new EnumMap<>(PoolSetting.class);
    for (Map.Entry<PoolSetting, Given> each : givens.entrySet()) {
      SettingRange range = each.getKey().range(kindNow());
      Given given = each.getValue();
      if (!range.has(given.value())) {
        throw mistake(
            "has %s %s by %s, but runs as %s, for which it must be %s",
            each.getKey().key(),
            given.text(),
            given.source(),
            kindNow().plural(),
            range.description());
      }
      values.put(each.getKey(), given.value());
    }
    Given prestart = givens.get(PoolSetting.PRESTART);
    Given workers = givens.get(PoolSetting.MAX_WORKERS);
    if (prestart != null && workers != null && isMore(prestart, workers)) {
      throw mistake(
          "has prestart %s by %s, more than max-workers %s by %s; must be 0 to %s",
          prestart.text(), prestart.source(), workers.text(), workers.source(), workers.text());
    }
    return new PoolSettings(name, kindNow(), values);
  }

  /** Never for max-workers 0: how many CPUs there are is no mistake of the configuration. */
  private static boolean isMore(Given prestart, Given workers) {
    int most = (Integer) workers.value();
    return most > 0 && (Integer) prestart.value() > most;
  }

  /** Who speaks of the pool, weakest first. */
  List<String> sources() {
    return List.copyOf(sources);
  }

  /** What to log when a property moved the pool to another kind; null when none did. */
  @Nullable String move() {
    PoolSettings settings = settings();
    boolean isBoundMoved = isToOrFromVirtual && settings.number(PoolSetting.MAX_WORKERS) == 0;
    return move != null && isBoundMoved
        ? move + "; max-workers is now " + settings.maxWorkers()
        : move;
  }

  private PoolKind kindNow() {
    return kind == null ? PoolKind.THREAD : (PoolKind) kind.value();
  }

  private IllegalArgumentException mistake(String format, Object... facts) {
    return new IllegalArgumentException(
        "pool \"" + name + "\" " + String.format(Locale.ROOT, format, facts));
  }
}
