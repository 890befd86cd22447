package dev.poolwright.internal.registry;

import dev.poolwright.annotation.wording.NearestName;
import java.util.Collection;
import java.util.stream.Collectors;

/** What an error text says about a name that does not exist. */
final class KnownNames {

  private KnownNames() {}

  /**
   * Lists the names there are, and asks for the one that was probably meant.
   *
   * @param wrong what was written
   * @param names what there is, in the order to show
   * @return {@code there are "cpu", "io". Did you mean "io"?}, without the question when no name is
   *     near
   */
  static String among(String wrong, Collection<String> names) {
    String all =
        names.stream()
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", ", names.size() == 1 ? "there is " : "there are ", ""));
    String hint = NearestName.hint(wrong, names, "");
    return hint.isEmpty() ? all : all + ". " + hint;
  }
}
