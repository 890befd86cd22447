package dev.poolwright.samples;

import static java.util.stream.Collectors.joining;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The table of {@code docs/settings.md}, made of that of the code. */
final class SettingsTable {

  private SettingsTable() {}

  /** The table, a line for each setting. */
  static List<String> lines() {
    List<PoolKind> kinds = List.of(PoolKind.values());
    String head =
        kinds.stream().map(PoolKind::plural).collect(joining(" | ", "| setting | ", " |"));
    Stream<String> rule = Stream.of("| --- ".repeat(kinds.size() + 1) + "| --- | --- |");
    return Stream.concat(
            Stream.concat(Stream.of(head + " range | meaning |"), rule),
            Arrays.stream(PoolSetting.values()).map(setting -> row(setting, kinds)))
        .toList();
  }

  private static String row(PoolSetting setting, List<PoolKind> kinds) {
    return kinds.stream()
        .map(kind -> setting.isFor(kind) ? text(setting.defaultFor(kind)) : "-")
        .collect(
            joining(
                " | ",
                "| `" + setting.key() + "` | ",
                " | " + range(setting) + " | " + setting.meaning() + " |"));
  }

  /** What all kinds have, or for each range the kinds that have it. */
  private static String range(PoolSetting setting) {
    Map<String, List<String>> kindsOf = new LinkedHashMap<>();
    for (PoolKind kind : setting.kinds()) {
      kindsOf.merge(
          setting.range(kind).description(),
          List.of(kind.plural()),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    if (kindsOf.size() == 1) {
      return kindsOf.keySet().iterator().next();
    }
    return kindsOf.entrySet().stream()
        .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
        .collect(joining("; "));
  }

  private static String text(Object value) {
    if (value instanceof Duration duration) {
      long millis = duration.toMillis();
      return millis == 0 ? "none" : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
    if (value instanceof SaturationPolicy policy) {
      return policy.key();
    }
    if (value instanceof Number number) {
      return String.format(Locale.ROOT, "%,d", number.longValue());
    }
    return value.equals("") || value.equals(List.of()) ? "none" : value.toString();
  }
}
