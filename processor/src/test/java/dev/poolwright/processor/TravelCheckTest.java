package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.check.Crossing;
import dev.poolwright.processor.check.Travel;
import dev.poolwright.processor.check.TravelCheck;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.util.ElementFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TravelCheckTest {

  private static final String TYPES =
      """
      import java.io.*;
      import java.net.*;
      import java.sql.Connection;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;

      record Plain(int number) {}
      record Page(String text, List<String> links) implements Serializable {}
      record Summary(Page page, Thread owner) implements Serializable {}
      record Outer(Summary summary) implements Serializable {}
      record Many(List<Summary> all) implements Serializable {}
      record Box<T>(T value) implements Serializable {}
      record Tree(String name, List<Tree> children) implements Serializable {}
      record Endless<T>(Endless<List<T>> next, T value) implements Serializable {}
      enum Colour { RED }
      sealed interface Shape permits Circle, Square {}
      record Circle(double radius) implements Shape, Serializable {}
      record Square(double side) implements Shape, Serializable {}
      sealed interface Handle permits Open, Shut {}
      record Open(Connection connection) implements Handle, Serializable {}
      record Shut() implements Handle, Serializable {}
      interface Animal {}
      final class Lonely {}
      class Loose {}
      class Base implements Serializable { Socket socket; }
      class Derived extends Base { int more; }
      class Skips implements Serializable { transient Thread thread; static Thread all; }
      class Writes implements Serializable {
        Thread thread;
        private Object writeReplace() { return ""; }
      }
      class NoDefault { NoDefault(int n) {} }
      class Heir extends NoDefault implements Serializable { Heir() { super(1); } }
      class Threads extends ArrayList<Thread> {}
      class Around { class Within implements Serializable {} }
      class Broken extends Exception { InputStream cause; }
      interface Travelling extends Serializable {}
      interface Work extends Callable<String>, Serializable {}
      class Left implements Serializable { Right right; Thread thread; }
      class Right implements Serializable { Left left; Animal animal; }
      record Stubborn(Thread thread) implements Serializable {
        private void writeObject(ObjectOutputStream out) {}
      }
      class Overwritten implements Serializable {
        Thread thread;
        private void writeObject(ObjectOutputStream out) {}
        void writeObject() {}
      }
      class NearlyWritten implements Serializable { Thread thread; void writeObject() {} }
      class Guarded implements Serializable { java.util.concurrent.locks.ReentrantLock lock; }
      class Hard { Hard(int n) {} protected Hard() {} }
      class Easy extends Hard implements Serializable {}
      class Typed<T extends Thread> implements Serializable { T value; }
      class Phantom<T> implements Serializable { String id; }
      class Both<T extends Animal & Serializable> implements Serializable { T one; Animal other; }
      """;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} is {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "int; CAN; ",
        "String; CAN; ",
        "int[][]; CAN; ",
        "Page; CAN; ",
        "List<Page>; CAN; ",
        "Map<String, Optional<Page[]>>; CAN; ",
        "ArrayList<Page>; CAN; ",
        "Box<Page>; CAN; ",
        "Tree; CAN; ",
        "Colour; CAN; ",
        "EnumSet<Colour>; CAN; ",
        "Shape; CAN; ",
        "CharSequence; CAN; ",
        "Class<? extends Thread>; CAN; ",
        "Skips; CAN; ",
        "Writes; CAN; ",
        "Travelling; CAN; ",
        "Work; CAN; ",
        "java.time.Instant; CAN; ",
        "List<? extends Page>; CAN; ",
        "Animal; DEPENDS; result: Animal",
        "Object; DEPENDS; result: Object",
        "List<?>; DEPENDS; result: List<?>",
        "Loose; DEPENDS; result: Loose",
        "Comparator<String>; DEPENDS; result: Comparator<String>",
        "Box<Animal>; DEPENDS; result: Box<Animal> Box.value: Animal",
        "Endless<String>; CAN; ",
        "Thread; CANNOT; result: Thread",
        "Thread[]; CANNOT; result: Thread[]",
        "List<Thread>; CANNOT; result: List<Thread>",
        "Connection; CANNOT; result: Connection",
        "InputStream; CANNOT; result: InputStream",
        "FileInputStream; CANNOT; result: FileInputStream",
        "Supplier<String>; CANNOT; result: Supplier<String>",
        "Runnable; CANNOT; result: Runnable",
        "Plain; CANNOT; result: Plain",
        "Lonely; CANNOT; result: Lonely",
        "Summary; CANNOT; result Summary.owner: Thread",
        "Outer; CANNOT; result Outer.summary: Summary.owner: Thread",
        "Many; CANNOT; result Many.all: List<Summary> Summary.owner: Thread",
        "List<Summary>; CANNOT; result: List<Summary> Summary.owner: Thread",
        "Box<Thread>; CANNOT; result: Box<Thread> Box.value: Thread",
        "Box<Box<Thread>>; CANNOT; "
            + "result: Box<Box<Thread>> Box.value: Box<Thread> Box.value: Thread",
        "Handle; CANNOT; result: Handle Open.connection: Connection",
        "Derived; CANNOT; result: Derived Base.socket: Socket",
        "Heir; CANNOT; result: Heir",
        "Threads; CANNOT; result: Threads",
        "Left; CANNOT; result Left.thread: Thread",
        "Right; CANNOT; result Right.left: Left.thread: Thread",
        "Stubborn; CANNOT; result Stubborn.thread: Thread",
        "Overwritten; CAN; ",
        "NearlyWritten; CANNOT; result NearlyWritten.thread: Thread",
        "Guarded; CAN; ",
        "Easy; CAN; ",
        "Phantom<Thread>; CAN; ",
        "Typed; CANNOT; result Typed.value: Thread",
        "Both<?>; DEPENDS; result: Both<?> Both.other: Animal",
        "Box<? extends Animal>; DEPENDS; "
            + "result: Box<? extends Animal> Box.value: ? extends Animal",
        "Optional<Thread>; CANNOT; result: Optional<Thread>",
        "Map<String, List<Thread[]>>; CANNOT; result: Map<String, List<Thread[]>>",
        "Around.Within; DEPENDS; result Around.Within.this$0: Around",
      })
  void answersWithThePathToTheOffender(String type, String answer, String path) {
    Crossing result = crossings("static %s method() { return null; }".formatted(boxed(type)));

    assertThat(result.travel().answer()).hasToString(answer);
    if (path != null) {
      assertThat(result.path()).isEqualTo(path);
    }
  }

  private static String boxed(String type) {
    return type.equals("int") ? "Integer" : type;
  }

  @Test
  void walksParametersResultAndThrownTypes() {
    Map<String, Crossing> found =
        all("static void method(Page page, Thread thread) throws Broken {}");

    assertThat(found.get("parameter page").travel().isFree()).isTrue();
    assertThat(found.get("parameter thread").path()).isEqualTo("parameter thread: Thread");
    assertThat(found.get("result").travel().isFree()).isTrue();
    assertThat(found.get("exception").path()).isEqualTo("exception Broken.cause: InputStream");
  }

  @Test
  void takesTypeVariablesByTheirBounds() {
    assertThat(crossings("static <T extends Serializable> T method() { return null; }").travel())
        .matches(Travel::isFree);
    assertThat(crossings("static <T> T method() { return null; }").path()).isEqualTo("result: T");
    assertThat(crossings("static <T extends Animal & Serializable> T method() { return null; }"))
        .matches(crossing -> crossing.travel().isFree());
  }

  @Test
  void saysWhyAndWhatToPassInstead() {
    Travel thread = crossings("static Summary method() { return null; }").travel();
    Travel plain = crossings("static Plain method() { return null; }").travel();

    assertThat(thread.reason()).isEqualTo("a Thread lives in one JVM");
    assertThat(thread.remedy()).isEqualTo("Pass its name or id instead");
    assertThat(plain.reason()).isEqualTo("Plain does not implement Serializable");
  }

  @Test
  void doesNotForgetWhatItMetOnTheWay() {
    var found = all("static Left method(Right first, Left then) { return null; }");

    assertThat(found.get("parameter first").path())
        .isEqualTo(
            "parameter first: Right Right.left: Left.thread: Thread".replace(": Right ", " "));
    assertThat(found.get("parameter then").travel().isStuck()).isTrue();
    assertThat(all("static Right method(Left first) { return null; }").get("result").travel())
        .matches(Travel::isStuck);
  }

  @Test
  void answersAtOnceHoweverOftenTypesNameEachOther() {
    int many = 40;
    String fields =
        IntStream.range(0, many).mapToObj(i -> "N" + i + " n" + i + ";").collect(joining(" "));
    String types =
        IntStream.range(0, many)
            .mapToObj(i -> "class N" + i + " implements Serializable { " + fields + " }\n")
            .collect(joining());

    Map<String, Crossing> found = all(types, "static N0 method(N7 last) { return null; }");

    assertThat(found.values()).allMatch(crossing -> crossing.travel().isFree());
  }

  private Crossing crossings(String method) {
    return all(method).get("result");
  }

  private Map<String, Crossing> all(String method) {
    return all("", method);
  }

  private Map<String, Crossing> all(String types, String method) {
    var probe = new Probe();
    var outcome =
        new CompilerRun(folder)
            .source(TYPES + types + "class Probed { " + method + " }\n")
            .options("-proc:only")
            .run(probe);
    assertThat(outcome.messages()).isEmpty();
    return probe.found;
  }

  @SupportedAnnotationTypes("*")
  private static final class Probe extends AbstractProcessor {
    final Map<String, Crossing> found = new LinkedHashMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (round.processingOver()) {
        return false;
      }
      var check = new TravelCheck(processingEnv.getTypeUtils(), processingEnv.getElementUtils());
      TypeElement probed = processingEnv.getElementUtils().getTypeElement("Probed");
      ExecutableElement method = ElementFilter.methodsIn(probed.getEnclosedElements()).get(0);
      for (Crossing crossing :
          check.crossings(method, (ExecutableType) method.asType(), method.getReturnType())) {
        found.put(crossing.place(), crossing);
      }
      return false;
    }
  }
}
