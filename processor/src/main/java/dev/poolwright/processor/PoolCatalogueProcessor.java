package dev.poolwright.processor;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Writes the catalogue of each class or package that declares pools, and checks what takes all
 * pools to know. Aggregating: its checks and the services file depend on every annotated class.
 */
public final class PoolCatalogueProcessor extends AbstractProcessor {

  private static final Set<String> ANNOTATIONS =
      Set.of(
          AnnotationUse.ASYNC,
          AnnotationUse.CALLBACK,
          AnnotationUse.THREAD_POOL,
          AnnotationUse.THREAD_POOL + ".List",
          AnnotationUse.PROCESS_POOL,
          AnnotationUse.PROCESS_POOL + ".List");

  /** Names of the annotated classes and packages of all rounds; elements die with their round. */
  private final Set<String> types = new LinkedHashSet<>();

  private final Set<String> packages = new LinkedHashSet<>();

  private @Nullable PoolMentions mentions;

  /** Called by the compiler. */
  public PoolCatalogueProcessor() {}

  /** Also starts the body checks, here since every build runs this processor once. */
  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    mentions = new PoolMentions(environment);
    new Diagnostics(environment).reportLintOption();
    BodyNote.start(environment);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return ANNOTATIONS;
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(LintOption.NAME);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  /**
   * Claims the annotations, else -Xlint:processing warns; it comes last and nobody else reads them.
   */
  @Override
  @SuppressWarnings("DoNotClaimAnnotations")
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Diagnostics diagnostics = new Diagnostics(processingEnv);
    PoolMentions texts = Objects.requireNonNull(mentions);
    texts.read(round);
    Elements elements = processingEnv.getElementUtils();
    for (Element declarer : AnnotationUse.holders(ANNOTATIONS, round, elements)) {
      (declarer instanceof PackageElement ? packages : types).add(declarer.toString());
      InternalFailure.guard(
          declarer,
          diagnostics,
          () -> {
            check(declarer, diagnostics);
            write(declarer, PoolReader.declarations(declarer));
          });
    }
    if (round.processingOver()) {
      finish(texts, diagnostics);
    }
    return true;
  }

  private void check(Element declarer, Diagnostics diagnostics) {
    var literals = new LiteralCheck(processingEnv.getElementUtils(), diagnostics);
    for (AnnotationUse use : AnnotationUse.poolDeclarations(declarer)) {
      SettingCheck.check(use, diagnostics);
      literals.check(use);
    }
  }

  private void write(Element declarer, List<PoolDeclaration> declarations) throws IOException {
    if (declarations.isEmpty()) {
      return;
    }
    Elements elements = processingEnv.getElementUtils();
    CatalogueWriter writer = new CatalogueWriter(elements);
    String catalogue = CatalogueWriter.catalogueOf(declarer).canonicalName();
    if (elements.getTypeElement(elements.getModuleOf(declarer), catalogue) != null) {
      Objects.requireNonNull(mentions).setAgain();
    }
    write(writer.catalogue(declarer, declarations), declarer);
    if (elements.getModuleOf(declarer).isUnnamed()) {
      write(writer.index(declarer), declarer);
    }
  }

  private void write(JavaFile file, Element declarer) throws IOException {
    GeneratedText.write(file, processingEnv.getFiler(), declarer);
  }

  private void finish(PoolMentions texts, Diagnostics diagnostics) {
    List<Element> here = here();
    if (here.isEmpty()) {
      return;
    }
    InternalFailure.guard(
        here.get(0),
        diagnostics,
        () -> {
          DeclaredPools pools = pools(here);
          List<AnnotatedType> read = read(here);
          TravelCheck travel =
              new TravelCheck(processingEnv.getTypeUtils(), processingEnv.getElementUtils());
          PoolCheck.all(travel, texts).forEach(check -> check.check(pools, read, diagnostics));
          new PoolReport(pools, read, travel).write(processingEnv.getFiler());
          List<Element> declarers =
              here.stream().filter(each -> !PoolReader.declarations(each).isEmpty()).toList();
          new ProvidesCheck(processingEnv.getElementUtils(), diagnostics).check(declarers);
          new ServicesFile(processingEnv).write(declarers);
        });
  }

  /** The annotated elements of all rounds, as the last round sees them. */
  private List<Element> here() {
    Elements elements = processingEnv.getElementUtils();
    List<Element> here = new ArrayList<>();
    types.stream().map(elements::getTypeElement).filter(Objects::nonNull).forEach(here::add);
    packages.stream().map(elements::getPackageElement).filter(Objects::nonNull).forEach(here::add);
    return here;
  }

  private DeclaredPools pools(List<Element> here) {
    Set<Element> all = new LinkedHashSet<>(here);
    all.addAll(new PoolIndex(processingEnv.getElementUtils()).declarers());
    return new DeclaredPools(
        here, all.stream().flatMap(each -> PoolReader.declarations(each).stream()).toList());
  }

  /** What the other processor reads, silently: it has reported already. */
  private List<AnnotatedType> read(List<Element> here) {
    TypeReader reader =
        new TypeReader(
            processingEnv.getTypeUtils(), processingEnv.getElementUtils(), Diagnostics.silent());
    return here.stream()
        .filter(TypeElement.class::isInstance)
        .map(each -> reader.read((TypeElement) each, new Unresolved(Set.of())))
        .toList();
  }
}
