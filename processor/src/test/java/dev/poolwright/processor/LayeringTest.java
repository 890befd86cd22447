package dev.poolwright.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packages of the processor, as docs/design.md draws them. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LayeringTest {

  private static final String BASE = "dev.poolwright.processor";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @Test
  void stagesDependDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(BASE + "..")
        .layer("processors")
        .definedBy(BASE)
        .layer("body")
        .definedBy(BASE + ".body")
        .layer("write")
        .definedBy(BASE + ".write")
        .layer("check")
        .definedBy(BASE + ".check")
        .layer("read")
        .definedBy(BASE + ".read")
        .layer("report")
        .definedBy(BASE + ".report")
        .layer("model")
        .definedBy(BASE + ".model")
        .whereLayer("processors")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("body")
        .mayOnlyBeAccessedByLayers("processors")
        .whereLayer("write")
        .mayOnlyBeAccessedByLayers("processors")
        .whereLayer("check")
        .mayOnlyBeAccessedByLayers("processors", "write")
        .whereLayer("read")
        .mayOnlyBeAccessedByLayers("processors", "body", "write", "check")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("processors", "body", "write")
        .check(CLASSES);
  }

  @Test
  void packagesMakeNoCircle() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theCompilerSeesTheProcessorsAndThePluginAlone() {
    classes()
        .that()
        .resideInAPackage(BASE)
        .and()
        .arePublic()
        .should()
        .haveSimpleName("AsyncProcessor")
        .orShould()
        .haveSimpleName("PoolCatalogueProcessor")
        .orShould()
        .haveSimpleName("PoolwrightPlugin")
        .check(CLASSES);
  }
}
