package dev.poolwright.processor;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;

/**
 * The source files of one round, written at its end, one right after the other: for each, javac
 * goes through all files before it, which takes several times as long when other work comes in
 * between.
 */
final class GeneratedFiles {

  private record Source(String name, String text, Element origin) {}

  private final List<Source> sources = new ArrayList<>();

  /** Takes a file that comes from one element. */
  void add(JavaFile file, Element origin) {
    String inPackage = file.packageName().isEmpty() ? "" : file.packageName() + ".";
    sources.add(new Source(inPackage + file.typeSpec().name(), GeneratedText.of(file), origin));
  }

  /** Writes them in the order in which they came. */
  void write(Filer filer, Diagnostics diagnostics) {
    for (Source each : sources) {
      InternalFailure.guard(each.origin(), diagnostics, () -> write(each, filer));
    }
  }

  private static void write(Source source, Filer filer) throws IOException {
    try (Writer out = filer.createSourceFile(source.name(), source.origin()).openWriter()) {
      out.write(source.text());
    }
  }
}
