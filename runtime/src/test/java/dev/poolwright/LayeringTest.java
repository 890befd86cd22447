package dev.poolwright;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameContaining;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.poolwright.internal.cluster.NodeWorker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.pool.Runner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the layers that {@code docs/design.md} draws: a package knows those below it alone. */
final class LayeringTest {

  private static final String ROOT = "dev.poolwright";
  private static final String PROCESS = ROOT + ".internal.process..";
  private static final String WORKER = ROOT + ".internal.worker..";
  private static final String PARCEL = ROOT + ".internal.parcel..";
  private static final String CLUSTER = ROOT + ".internal.cluster..";

  /** From the bottom up. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of(ROOT + ".annotation.."),
          List.of(ROOT + ".internal.time"),
          List.of(ROOT + ".internal.access"),
          List.of(ROOT),
          List.of(ROOT + ".spi", ROOT + ".internal.flight"),
          List.of(ROOT + ".internal.life.."),
          List.of(ROOT + ".internal.task..", ROOT + ".internal.wire.."),
          List.of(ROOT + ".internal.crew..", ROOT + ".internal.batch.."),
          List.of(ROOT + ".internal.pool.."),
          List.of(PARCEL),
          List.of(PROCESS, WORKER, CLUSTER),
          List.of(ROOT + ".internal.registry.."),
          List.of(ROOT + ".guice"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(areNoTests()).importPackages(ROOT);

  /** Wherever the build puts them. */
  private static ImportOption areNoTests() {
    String tests = LayeringTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return location -> !location.contains(tests);
  }

  @TestFactory
  Stream<DynamicTest> knowsNoLayerAbove() {
    return IntStream.range(0, LAYERS.size() - 1)
        .boxed()
        .flatMap(layer -> LAYERS.get(layer).stream().map(name -> knowsNoneAbove(layer, name)));
  }

  private static DynamicTest knowsNoneAbove(int layer, String name) {
    String[] above =
        LAYERS.subList(layer + 1, LAYERS.size()).stream()
            .flatMap(List::stream)
            .toArray(String[]::new);
    return holds(
        name,
        noClasses()
            .that(resideInAPackage(name))
            .should()
            .dependOnClassesThat(resideInAnyPackage(above)));
  }

  @TestFactory
  Stream<DynamicTest> packagesOfOneLayerDoNotKnowEachOther() {
    return LAYERS.stream()
        .filter(layer -> layer.size() > 1)
        .flatMap(layer -> layer.stream().map(name -> knowsNoneBeside(layer, name)));
  }

  private static DynamicTest knowsNoneBeside(List<String> layer, String name) {
    String[] others = layer.stream().filter(other -> !other.equals(name)).toArray(String[]::new);
    return holds(
        name,
        noClasses()
            .that(resideInAPackage(name))
            .should()
            .dependOnClassesThat(resideInAnyPackage(others)));
  }

  @Test
  void everyPackageHasALayer() {
    String[] drawn = LAYERS.stream().flatMap(List::stream).toArray(String[]::new);

    assertThat(CLASSES).isNotEmpty();
    assertThat(CLASSES.stream().filter(not(resideInAnyPackage(drawn))).map(JavaClass::getName))
        .isEmpty();
  }

  /**
   * The files of a package that know each other in the largest circle, where they are over three.
   */
  @Test
  void circlesOfFilesDoNotGrow() {
    Map<String, Map<String, Set<String>>> known = new TreeMap<>();
    for (JavaClass each : CLASSES) {
      each.getDirectDependenciesFromSelf().stream()
          .map(to -> to.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().equals(each.getPackageName()))
          .forEach(
              to ->
                  known
                      .computeIfAbsent(each.getPackageName(), none -> new TreeMap<>())
                      .computeIfAbsent(file(each), none -> new TreeSet<>())
                      .add(file(to)));
    }
    Map<String, Long> largest = new TreeMap<>();
    known.forEach((name, files) -> largest.put(name, largestCircle(files)));
    largest.values().removeIf(files -> files <= 3);

    assertThat(largest)
        .isEqualTo(
            Map.of(
                ROOT + ".internal.life",
                5L,
                ROOT + ".internal.task",
                12L,
                ROOT + ".internal.crew",
                6L,
                ROOT + ".internal.pool",
                6L,
                ROOT + ".internal.worker",
                4L));
  }

  private static String file(JavaClass type) {
    return type.getName().replaceAll("\\$.*", "");
  }

  private static long largestCircle(Map<String, Set<String>> files) {
    return files.keySet().stream()
        .mapToLong(
            one ->
                reached(one, files).stream().filter(o -> reached(o, files).contains(one)).count())
        .max()
        .orElse(0);
  }

  private static Set<String> reached(String from, Map<String, Set<String>> files) {
    Set<String> all = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(Set.of(from));
    while (!next.isEmpty()) {
      for (String each : files.getOrDefault(next.pop(), Set.of())) {
        if (all.add(each)) {
          next.push(each);
        }
      }
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> guiceIsKnownWhereItIsNeededAlone() {
    DescribedPredicate<JavaClass> needsIt =
        resideInAPackage(ROOT + ".guice")
            .or(resideInAPackage(WORKER).and(nameContaining(".InjectedTargets")));
    return Stream.of(
        holds(
            "guice",
            noClasses()
                .that(not(needsIt))
                .should()
                .dependOnClassesThat(resideInAPackage("com.google.inject.."))),
        holds(
            "guava",
            noClasses().should().dependOnClassesThat(resideInAPackage("com.google.common.."))));
  }

  @TestFactory
  Stream<DynamicTest> staticFieldsHoldNothingThatRuns() {
    DescribedPredicate<JavaClass> runs =
        assignableTo(Thread.class)
            .or(assignableTo(ThreadGroup.class))
            .or(assignableTo(Executor.class))
            .or(assignableTo(Process.class))
            .or(assignableTo(Timer.class));
    return Stream.of(
        holds("static fields", noFields().that().areStatic().should().haveRawType(runs)));
  }

  @TestFactory
  Stream<DynamicTest> logsThroughTheGuardAlone() {
    return Stream.of(
        holds(
            "loggers",
            noClasses()
                .that(not(equivalentTo(Guard.class)))
                .should()
                .dependOnClassesThat(equivalentTo(System.Logger.class))));
  }

  @TestFactory
  Stream<DynamicTest> runnersKnowOfPoolsWhatTheyAreAskedAlone() {
    return Stream.of(
        holds(
            "runners",
            noClasses()
                .that(resideInAnyPackage(PROCESS, PARCEL, CLUSTER))
                .and(not(equivalentTo(NodeWorker.class))) // The node's side, which has pools.
                .should()
                .dependOnClassesThat(
                    resideInAPackage(ROOT + ".internal.pool")
                        .and(not(belongToAnyOf(Runner.class, PoolSettings.class))))));
  }

  /** Inside of the parent's side of process pools: one worker, its start, all of them. */
  @TestFactory
  Stream<DynamicTest> workersKnowNothingOfTheirStart() {
    String all = ROOT + ".internal.process";
    return Stream.of(
        holds(
            all + ".jvm",
            noClasses()
                .that(resideInAPackage(all + ".jvm"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(all + ".start", all))),
        holds(
            all + ".start",
            noClasses()
                .that(resideInAPackage(all + ".start"))
                .should()
                .dependOnClassesThat(resideInAPackage(all))));
  }

  /** A record cannot get another component without breaking those who make or take it apart. */
  @Test
  void recordsThatUsersSeeAreThoseThatNeverGrow() {
    DescribedPredicate<JavaClass> option =
        assignableTo(CallOption.class).or(assignableTo(MapOption.class));

    assertThat(
            CLASSES.stream()
                .filter(resideInAnyPackage(ROOT, ROOT + ".spi", ROOT + ".guice"))
                .filter(each -> each.isRecord() && each.getModifiers().contains(PUBLIC))
                .filter(not(option)) // Each is the value that its name says.
                .map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrder("TaskProgress", "Waited", "SiteCallback");
  }

  private static DynamicTest holds(String name, ArchRule rule) {
    return DynamicTest.dynamicTest(name, () -> rule.allowEmptyShould(true).check(CLASSES));
  }
}
