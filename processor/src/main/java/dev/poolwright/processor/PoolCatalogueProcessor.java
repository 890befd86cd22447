package dev.poolwright.processor;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.palantir.javapoet.ClassName;
import dev.poolwright.annotation.wording.PoolName;
import dev.poolwright.processor.body.BodyNote;
import dev.poolwright.processor.check.LiteralCheck;
import dev.poolwright.processor.check.PoolCheck;
import dev.poolwright.processor.check.PoolMentions;
import dev.poolwright.processor.check.ProvidesCheck;
import dev.poolwright.processor.check.SettingCheck;
import dev.poolwright.processor.check.TravelCheck;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.PoolUse;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.read.DeclaredPools;
import dev.poolwright.processor.read.PoolIndex;
import dev.poolwright.processor.read.PoolReader;
import dev.poolwright.processor.read.TypeReader;
import dev.poolwright.processor.read.Unresolved;
import dev.poolwright.processor.report.InternalFailure;
import dev.poolwright.processor.report.LintOption;
import dev.poolwright.processor.report.Reporter;
import dev.poolwright.processor.write.CatalogueWriter;
import dev.poolwright.processor.write.GeneratedFiles;
import dev.poolwright.processor.write.NamesFile;
import dev.poolwright.processor.write.PoolMarks;
import dev.poolwright.processor.write.PoolReport;
import dev.poolwright.processor.write.VisibleTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
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
      Stream.concat(
              AnnotationUse.OF_METHODS.stream(),
              AnnotationUse.POOLS.keySet().stream()
                  .flatMap(name -> Stream.of(name, name + AnnotationUse.LIST)))
          .collect(toUnmodifiableSet());

  /** Names of the annotated classes and packages of all rounds; elements die with their round. */
  private final Set<String> types = new LinkedHashSet<>();

  private final Set<String> packages = new LinkedHashSet<>();

  /** Names of the modules that are compiled. */
  private final Set<String> modules = new HashSet<>();

  private @Nullable PoolMentions mentions;

  /** Called by the compiler. */
  public PoolCatalogueProcessor() {}

  /** Also starts the body checks, here since every build runs this processor once. */
  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    mentions = new PoolMentions(environment);
    Reporter reporter = new Reporter(environment);
    reporter.printLintOption();
    BodyNote.start(environment, reporter);
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
    Problems problems = new Problems();
    PoolMentions texts = Objects.requireNonNull(mentions);
    texts.read(round);
    Elements elements = processingEnv.getElementUtils();
    round.getRootElements().forEach(root -> modules.add(moduleOf(root)));
    CatalogueWriter writer = new CatalogueWriter(elements, new VisibleTypes(elements));
    GeneratedFiles files = new GeneratedFiles();
    for (Element declarer : AnnotationUse.holders(annotations, round)) {
      (declarer instanceof PackageElement ? packages : types).add(declarer.toString());
      InternalFailure.guard(
          declarer,
          problems,
          () -> {
            check(declarer, problems);
            write(declarer, PoolReader.declarations(declarer), writer, files);
          });
    }
    files.write(processingEnv.getFiler(), problems);
    if (round.processingOver()) {
      finish(texts, problems);
    }
    new Reporter(processingEnv).print(problems);
    return true;
  }

  private void check(Element declarer, Problems problems) {
    var literals = new LiteralCheck(processingEnv.getElementUtils(), problems);
    for (AnnotationUse use : AnnotationUse.poolDeclarations(declarer)) {
      SettingCheck.check(use, problems);
      literals.check(use);
    }
  }

  private void write(
      Element declarer,
      List<PoolDeclaration> declarations,
      CatalogueWriter writer,
      GeneratedFiles files) {
    if (declarations.isEmpty()) {
      return;
    }
    Elements elements = processingEnv.getElementUtils();
    String catalogue = ProxyNames.catalogueOf(declarer).canonicalName();
    if (elements.getTypeElement(elements.getModuleOf(declarer), catalogue) != null) {
      Objects.requireNonNull(mentions).setAgain();
    }
    files.add(writer.catalogue(declarer, declarations), declarer);
    if (elements.getModuleOf(declarer).isUnnamed()) {
      files.add(writer.index(declarer), declarer);
    }
  }

  private void finish(PoolMentions texts, Problems problems) {
    List<Element> here = here();
    if (here.isEmpty()) {
      return;
    }
    InternalFailure.guard(
        here.get(0),
        problems,
        () -> {
          DeclaredPools pools = pools(here);
          List<AnnotatedType> read = read(here);
          TravelCheck travel =
              new TravelCheck(processingEnv.getTypeUtils(), processingEnv.getElementUtils());
          PoolCheck.all(travel, texts, processingEnv.getSourceVersion())
              .forEach(check -> check.check(pools, read, problems));
          Map<String, List<Element>> byModule =
              here.stream().collect(groupingBy(this::moduleOf, TreeMap::new, toList()));
          for (List<Element> together : byModule.values()) {
            Set<Element> those = new HashSet<>(together);
            List<AnnotatedType> types =
                read.stream().filter(each -> those.contains(each.element())).toList();
            String module = modules.size() > 1 ? moduleOf(together.get(0)) + "/" : "";
            new PoolReport(pools, types, travel).write(processingEnv.getFiler(), module);
            publish(module, types);
            publish(
                module,
                together.stream().filter(each -> !PoolReader.declarations(each).isEmpty()).toList(),
                problems);
          }
        });
  }

  private String moduleOf(Element element) {
    ModuleElement module = processingEnv.getElementUtils().getModuleOf(element);
    return module == null ? "" : module.getQualifiedName().toString();
  }

  /** Lets the runtime and other compilations find what one module declares. */
  private void publish(String module, List<Element> declarers, Problems problems)
      throws IOException {
    new ProvidesCheck(processingEnv.getElementUtils(), problems).check(declarers);
    List<String> catalogues =
        declarers.stream().map(ProxyNames::catalogueOf).map(ClassName::reflectionName).toList();
    new NamesFile(processingEnv, module, NamesFile.SERVICES).add(catalogues, declarers);
    if (!declarers.isEmpty() && !moduleOf(declarers.get(0)).isEmpty()) {
      new PoolMarks(processingEnv).write(module, declarers);
    }
  }

  /** Lets containers find the proxies of one module. */
  private void publish(String module, List<AnnotatedType> types) throws IOException {
    List<AnnotatedType> proxied = types.stream().filter(each -> !each.methods().isEmpty()).toList();
    new NamesFile(processingEnv, module, NamesFile.PROXIES)
        .add(
            proxied.stream().map(PoolCatalogueProcessor::line).toList(),
            proxied.stream().map(AnnotatedType::element).toList());
  }

  private static String line(AnnotatedType type) {
    String proxy = type.proxy().reflectionName();
    return type.needsTarget() ? proxy + " " + type.name().reflectionName() : proxy;
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
    DeclaredPools pools = pools(here, all);
    PoolMarks marks = new PoolMarks(processingEnv);
    boolean isMore =
        pools.uses().stream()
            .map(PoolUse::pool)
            .distinct()
            .filter(name -> PoolName.isLegal(name) && !pools.names().contains(name))
            .map(name -> all.addAll(marks.declarers(name)))
            .reduce(false, Boolean::logicalOr);
    return isMore ? pools(here, all) : pools;
  }

  private static DeclaredPools pools(List<Element> here, Set<Element> all) {
    return new DeclaredPools(
        here, all.stream().flatMap(each -> PoolReader.declarations(each).stream()).toList());
  }

  /** What the other processor reads, silently: it has reported already. */
  private List<AnnotatedType> read(List<Element> here) {
    TypeReader reader =
        new TypeReader(
            processingEnv.getTypeUtils(), processingEnv.getElementUtils(), new Problems());
    return here.stream()
        .filter(TypeElement.class::isInstance)
        .map(each -> reader.read((TypeElement) each, new Unresolved(Set.of())))
        .toList();
  }
}
