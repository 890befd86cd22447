package dev.poolwright.processor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A legal source of random names, types, annotations and comments. The same seed, the same text.
 */
final class RandomSource {

  /** What every package has: types named like ours and the JDK's, annotations of every target. */
  private static final Map<String, String> BESIDE =
      Map.of(
          "Base",
          """
          public class Base<X, Y extends Comparable<Y>> {
            @Async protected X kept(@NonNull X one, List<? super Y> two) throws java.io.IOException { throw new java.io.IOException(); }
            @Async public <Z extends X> Z over(Z one, @Nullable X @Nullable [] two) { return one; }
            @Callback("kept") void whenKept(Throwable failure) {}
          }
          """,
          "Task",
          "public interface Task<T> { @Async default @Nullable T run(T other) { return other; } }",
          "Rows",
          "class Rows { static class Call<@Nullable T> { class Inner<U> {} } }",
          "Pools",
          "public record Pools(@NonNull String name, int... more) {}",
          "Batch",
          "enum Batch { A, B { @Override public String toString() { return \"b\"; } } }",
          "NonNull",
          """
          @Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.FIELD, ElementType.TYPE_USE})
          @interface NonNull { String value() default "*/"; }
          """,
          "Nullable",
          "@Target({ElementType.TYPE_USE, ElementType.TYPE_PARAMETER}) @interface Nullable {}",
          "Nonnull",
          """
          @Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.LOCAL_VARIABLE})
          @interface Nonnull { Class<?>[] when() default {}; int[] of() default 1; ElementType kind() default ElementType.TYPE; }
          """,
          "NotNull",
          "@Target(ElementType.METHOD) @interface NotNull {}");

  private static final List<String> NAMES =
      List.of(
          "wait",
          "wait_",
          "row",
          "rows",
          "row_",
          "options",
          "target",
          "pools",
          "other",
          "on",
          "dev",
          "java",
          "demo",
          "thi",
          "url",
          "urls",
          "Task",
          "Call",
          "getSite",
          "gr\u00f6\u00dfe",
          "$x",
          "_a",
          "main",
          "clone",
          "hashCode",
          "toString",
          "record",
          "var",
          "yield",
          "sealed",
          "module",
          "page",
          "pages",
          "Rows",
          "none",
          "with",
          "async",
          "notify",
          "x",
          "xs",
          "s",
          "poolwright",
          "CallSite",
          "Override",
          "String",
          "i");
  private static final List<String> METHODS =
      List.of(
          "get",
          "put",
          "run",
          "call",
          "task",
          "pools",
          "dev",
          "java",
          "override",
          "GET",
          "gEt",
          "void_",
          "$",
          "with",
          "open",
          "on",
          "target",
          "made",
          "rows",
          "batch",
          "string",
          "object",
          "\u00fcben",
          "wait_",
          "async",
          "record",
          "yield_",
          "next",
          "of",
          "kept_");
  private static final List<String> TYPES =
      List.of(
          "Main",
          "dev",
          "java",
          "Call",
          "CallSite",
          "Main_",
          "Async",
          "Int",
          "URL",
          "If",
          "demo",
          "MapOptions",
          "Generated",
          "Inject",
          "Targets",
          "\u00c4rger",
          "$A",
          "Void_");
  private static final List<String> VARIABLES = List.of("T", "U", "Task_", "X", "E", "R", "V");
  private static final List<String> COMMENTS =
      List.of(
          "/** Gets {@link String} and <b>more</b>. @return it */",
          "/** C:\\u005cuser, \\\\u0041, \\u00e4 {@code a}. \n   * @param x $L $T $$ %s\n   * @throws X y */",
          "/** {@literal @}param {@value Integer#MAX_VALUE} */",
          "/***/",
          "/** */",
          "/// text */ \\\\u",
          "/** /* // *\\u002f // */",
          "/** <pre>{@code\n   *   if (a < b) { $W }\n   * }</pre>\n   * @deprecated no\n   */",
          "/* none */",
          "/**\n\n * a\n\n@since 1\n@param <T> t */",
          "//");

  private final Random random;
  private final String inPackage;
  private final Map<String, String> files = new TreeMap<>();

  private RandomSource(long seed, String inPackage) {
    this.random = new Random(seed);
    this.inPackage = inPackage;
  }

  /** The files of one source, in a package of its own: names and texts. */
  static Map<String, String> of(long seed, String inPackage) {
    RandomSource source = new RandomSource(seed, inPackage);
    BESIDE.forEach(source::file);
    String name = source.pick(TYPES);
    source.file(name, source.type(name, 0, new LinkedHashSet<>(Set.of(name))));
    if (source.one(4)) {
      String other = name.equals("dev") ? "java" : "dev";
      source.file(other, "class " + other + " {}");
    }
    return source.files;
  }

  private void file(String name, String type) {
    files.put(
        inPackage + "/" + name + ".java",
        "package "
            + inPackage
            + ";\n"
            + "import dev.poolwright.annotation.*;\n"
            + "import java.lang.annotation.ElementType;\n"
            + "import java.lang.annotation.Target;\n"
            + "import java.util.*;\n"
            + "import java.util.concurrent.CompletionStage;\n\n"
            + type
            + "\n");
  }

  private String type(String name, int depth, Set<String> names) {
    int kind = random.nextInt(5);
    List<String> variables = kind == 2 || one(2) ? List.of() : some(VARIABLES, 2);
    StringBuilder text = new StringBuilder();
    if (one(3)) {
      text.append(comment());
    }
    if (one(6)) {
      text.append("@Deprecated ");
    }
    if (one(4)) {
      text.append("@ThreadPool(name = \"")
          .append(inPackage)
          .append("-")
          .append(depth)
          .append("\", keepAlive = \"5s\") ");
    }
    if (one(5)) {
      text.append("@Async ");
    }
    text.append(depth == 0 || one(2) ? "public " : "").append(depth > 0 ? "static " : "");
    String head = name + declared(variables);
    String base =
        one(2)
            ? " extends Base<" + (variables.isEmpty() ? "Date" : variables.get(0)) + ", String>"
            : "";
    text.append(
        switch (kind) {
          case 0 -> "record " + head + "(" + "int size" + ")";
          case 1 -> "interface " + head;
          case 2 -> "enum " + name;
          case 3 -> "abstract class " + head + base;
          default -> "class " + head + base;
        });
    text.append(" {\n").append(kind == 2 ? "A, B;\n" : "");
    if (kind == 4 && one(3)) {
      text.append(name).append("(int size) {}\n");
    }
    List<String> methods = some(METHODS, 4);
    for (String method : methods) {
      text.append(method(method, kind, variables));
    }
    if (depth < 2 && one(2)) {
      String inner = pick(TYPES);
      if (names.add(inner)) {
        text.append(type(inner, depth + 1, names)).append('\n');
      }
    }
    return text.append("}").toString();
  }

  private String declared(List<String> variables) {
    List<String> all = new ArrayList<>();
    for (String each : variables) {
      all.add(
          switch (random.nextInt(5)) {
            case 0 -> each + " extends Comparable<" + each + ">";
            case 1 -> each + " extends @Nullable Object";
            case 2 -> "@Nullable " + each + " extends Number & java.io.Serializable";
            default -> each;
          });
    }
    return all.isEmpty() ? "" : "<" + String.join(", ", all) + ">";
  }

  private String method(String name, int kind, List<String> ofType) {
    boolean isStatic = one(3);
    List<String> own = one(3) ? some(VARIABLES, 2) : List.of();
    List<String> variables = new ArrayList<>(own);
    if (!isStatic) {
      variables.addAll(ofType);
    }
    StringBuilder text = new StringBuilder(one(2) ? comment() : "");
    text.append("@Async")
        .append(one(4) ? "(timeout = \"5s\", batch = \"" + name + "Each\") " : " ");
    if (one(8)) {
      text.append("@Deprecated ");
    }
    String result = one(5) ? "void" : type(variables, 2);
    text.append(one(5) && !result.equals("void") ? "@NotNull " : "");
    text.append(
        kind == 1
            ? (isStatic ? "static " : one(2) ? "default " : "")
            : isStatic ? "static " : one(3) ? "protected " : "");
    boolean isAbstract = kind == 1 && text.lastIndexOf("default ") < 0 && !isStatic;
    text.append(declared(own)).append(own.isEmpty() ? "" : " ");
    text.append(result)
        .append(' ')
        .append(name)
        .append('(')
        .append(parameters(variables))
        .append(')');
    text.append(one(4) ? " throws java.io.IOException, InterruptedException" : "");
    return text.append(isAbstract ? ";\n" : " { throw new IllegalStateException(); }\n").toString();
  }

  private String parameters(List<String> variables) {
    List<String> all = new ArrayList<>();
    List<String> names = some(NAMES, 4);
    for (int i = 0; i < names.size(); i++) {
      boolean isLast = i == names.size() - 1;
      String annotation =
          switch (random.nextInt(6)) {
            case 0 -> "@NonNull(\"$L\\u0041\\\\\") ";
            case 1 -> "@Nonnull(when = {String.class, int[].class}, of = {1, 2}) ";
            case 2 -> "@Nonnull(kind = ElementType.FIELD) @NonNull ";
            case 3 -> "final ";
            default -> "";
          };
      String dots =
          isLast && one(4) && variables.isEmpty() ? (one(2) ? "..." : " @Nullable ...") : "";
      String type = type(variables, 2);
      if (!dots.isEmpty() && type.contains("<")) {
        dots = ""; // it would warn of heap pollution
      }
      boolean isTwice = annotation.contains("@NonNull") && type.startsWith("@NonNull");
      all.add((isTwice ? "" : annotation) + type + dots + " " + names.get(i));
    }
    return String.join(", ", all);
  }

  private String type(List<String> variables, int depth) {
    String array = one(5) ? (one(2) ? "[]" : " @Nullable [][]") : "";
    return switch (random.nextInt(depth == 0 ? 5 : 14)) {
      case 0 -> "String" + array;
      case 1 -> "Batch" + array;
      case 2 -> "java.util.@Nullable Date" + array;
      case 3 -> variables.isEmpty() ? "Object" : "@Nullable " + pick(variables);
      case 4 -> "Integer" + array;
      case 5 -> "int" + array;
      case 6 -> "@NonNull byte[]";
      case 7 -> "long";
      case 8 -> "List<? extends " + type(variables, depth - 1) + ">";
      case 9 ->
          "Map.@Nullable Entry<"
              + type(variables, depth - 1)
              + ", "
              + type(variables, depth - 1)
              + ">";
      case 10 -> "Task<" + type(variables, depth - 1) + ">";
      case 11 -> "Rows.Call<String>.Inner<@Nullable Pools>";
      case 12 -> "CompletionStage<" + type(variables, depth - 1) + ">";
      default -> "Map<? super " + type(variables, depth - 1) + ", ?>";
    };
  }

  private String comment() {
    return pick(COMMENTS) + "\n";
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private List<String> some(List<String> list, int most) {
    Set<String> picked = new LinkedHashSet<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      picked.add(pick(list));
    }
    return List.copyOf(new ArrayList<>(picked));
  }
}
