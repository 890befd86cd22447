package dev.poolwright.processor;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;

/** The text of a generated file: short comments on one line, no empty lines between fields. */
final class GeneratedText {

  private static final Pattern SHORT =
      Pattern.compile("(?m)^( *)/\\*\\*\\n *\\* (.{1,86})\\n *\\*/$");

  private static final Pattern FIELDS =
      Pattern.compile("(?m)^(  private final .*;\\n)\\n(?=  private final )");

  private GeneratedText() {}

  /** Writes a file that comes from one element. */
  static void write(JavaFile file, Filer filer, Element origin) throws IOException {
    String inPackage = file.packageName().isEmpty() ? "" : file.packageName() + ".";
    try (Writer out =
        filer.createSourceFile(inPackage + file.typeSpec().name(), origin).openWriter()) {
      out.write(of(file));
    }
  }

  static String of(JavaFile file) {
    String text = SHORT.matcher(file.toString()).replaceAll("$1/** $2 */");
    return FIELDS.matcher(text).replaceAll("$1");
  }
}
