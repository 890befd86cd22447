package dev.poolwright.processor.write;

import com.palantir.javapoet.JavaFile;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.report.InternalFailure;
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
public final class GeneratedFiles {

  private record Source(String name, String text, Element origin) {}

  private final List<Source> sources = new ArrayList<>();

  /** Takes a file that comes from one element. */
  public void add(JavaFile file, Element origin) {
    String inPackage = file.packageName().isEmpty() ? "" : file.packageName() + ".";
    sources.add(new Source(inPackage + file.typeSpec().name(), GeneratedText.of(file), origin));
  }

  /** Writes them in the order in which they came. */
  public void write(Filer filer, Problems problems) {
    for (Source each : sources) {
      InternalFailure.guard(each.origin(), problems, () -> write(each, filer));
    }
  }

  private static void write(Source source, Filer filer) throws IOException {
    try (Writer out = filer.createSourceFile(source.name(), source.origin()).openWriter()) {
      out.write(source.text());
    }
  }
}
