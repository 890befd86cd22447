package dev.poolwright.samples;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name leads to one file: no type of the artifacts has the name of another's file. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class NamesTest {
  private static final Pattern MAIN =
      Pattern.compile(
          ".*/(annotations|runtime|processor|console|integrations/[a-z-]+)/src/main/java/.*");

  private static final Pattern NESTED =
      Pattern.compile("(?m)^ +(?:[a-z-]+ )*(?:class|record|enum|interface) ([A-Z]\\w*)");

  @Test
  void noTypeHasTheNameOfAnothersFile() throws IOException {
    Map<String, Set<String>> files =
        Repository.files(Repository.root()).stream()
            .map(file -> Repository.root().relativize(file))
            .filter(file -> MAIN.matcher("/" + file).matches())
            .filter(file -> file.toString().matches(".*/[A-Z]\\w*\\.java"))
            .collect(groupingBy(NamesTest::name, TreeMap::new, mapping(Path::toString, toSet())));
    Map<String, Set<String>> all = new TreeMap<>(files);
    for (Set<String> places : files.values()) {
      for (String place : places) {
        NESTED
            .matcher(Files.readString(Repository.root().resolve(place)))
            .results()
            .filter(nested -> files.containsKey(nested.group(1)))
            .forEach(nested -> all.get(nested.group(1)).add(place));
      }
    }
    assertThat(all).hasSizeGreaterThan(300);
    all.values().removeIf(places -> places.size() == 1);
    assertThat(all).isEmpty();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceAll("\\..*", "");
  }
}
