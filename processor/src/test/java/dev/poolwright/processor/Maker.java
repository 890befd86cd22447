package dev.poolwright.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Somebody else's processor: writes sources in the first round. */
final class Maker extends AbstractProcessor {

  private final Map<String, String> sources;
  private boolean isDone;

  /** Maps names of types to the text of their files. */
  Maker(Map<String, String> sources) {
    this.sources = Map.copyOf(sources);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!isDone) {
      isDone = true;
      sources.forEach(this::write);
    }
    return false;
  }

  private void write(String type, String text) {
    try (Writer out = processingEnv.getFiler().createSourceFile(type).openWriter()) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
