package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.write.NamesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several modules in one run of the compiler, as {@code --module-source-path} has them. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ManyModulesTest {

  @TempDir Path folder;

  @Test
  void writesForEachModuleWhatItDeclares() throws IOException {
    assertThat(compile(ModulePathTest.BASE, ModulePathTest.APP)).isEmpty();

    Path out = folder.resolve("out");
    assertThat(out.resolve("base").resolve(NamesFile.SERVICES))
        .hasContent("base.Shared_PoolCatalogue");
    assertThat(out.resolve("app").resolve(NamesFile.SERVICES)).hasContent("app.Main_PoolCatalogue");
    assertThat(Files.readString(out.resolve("base").resolve(ProxyNames.REPORT)))
        .contains("base.Shared.get(String)")
        .doesNotContain("app.Main.twice(String)");
    assertThat(Files.readString(out.resolve("app").resolve(ProxyNames.REPORT)))
        .contains("app.Main.twice(String)");
    assertThat(out.resolve("app/app/AsyncMain.class")).exists();
  }

  @Test
  void saysOfEachModuleWhatItDoesNotProvide() throws IOException {
    String provides = "(?m)^ *provides .*\n";
    List<String> messages =
        compile(
            ModulePathTest.BASE.replaceAll(provides, ""),
            ModulePathTest.APP.replaceAll(provides, ""));

    assertThat(messages)
        .hasSize(2)
        .anyMatch(each -> each.contains("[AsyncMissingProvides] Module base "))
        .anyMatch(each -> each.contains("[AsyncMissingProvides] Module app "));
  }

  private List<String> compile(String base, String app) throws IOException {
    write("base/module-info.java", base);
    write("base/base/Shared.java", ModulePathTest.SHARED);
    write("app/module-info.java", app);
    write("app/app/Main.java", ModulePathTest.MAIN);
    var said = new DiagnosticCollector<JavaFileObject>();
    JavaCompiler.CompilationTask task =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                null,
                null,
                said,
                List.of(
                    "-d",
                    Files.createDirectories(folder.resolve("out")).toString(),
                    "--module-path",
                    CompilerRun.MODULES,
                    "--module-source-path",
                    folder.resolve("src").toString(),
                    "--module",
                    "base,app"),
                null,
                null);
    task.setProcessors(List.of(new AsyncProcessor(), new PoolCatalogueProcessor()));
    task.call();
    return said.getDiagnostics().stream().map(each -> each.getMessage(Locale.ROOT)).toList();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("src").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
