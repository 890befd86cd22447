package dev.poolwright;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.poolwright.internal.time.Nanos;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Timer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the code may ask for the time. */
final class ClocksTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages("dev.poolwright");

  @Test
  @Tag("scenario-156")
  @DisplayName("no limit depends on the wall clock, which may step")
  void nothingReadsTheWallClock() {
    noClasses()
        .that()
        // They say when a worker JVM was started and a file was touched, and wait for nothing.
        .haveNameNotMatching(".*\\.(WorkerLauncher\\$.*|PrivateDirectory)")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Timer.class)
        .check(CLASSES);
  }

  @Test
  void waitsGoByTheTimeOfTheirPools() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.poolwright",
            "dev.poolwright.internal.task..",
            "dev.poolwright.internal.batch..",
            "dev.poolwright.internal.crew..",
            "dev.poolwright.internal.pool..")
        .should()
        .callMethod(Nanos.class, "left", long.class)
        .orShould()
        .callMethod(Nanos.class, "deadline", long.class)
        .check(CLASSES);
  }
}
