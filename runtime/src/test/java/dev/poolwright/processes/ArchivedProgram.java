package dev.poolwright.processes;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/** A program that kills its worker JVM after each call, and prints what became of them. */
public final class ArchivedProgram {
  private static final String OPTION = "-XX:SharedArchiveFile=";

  private ArchivedProgram() {}

  /**
   * Runs it.
   *
   * @param args what it does, then options of its worker JVMs
   */
  public static void main(String[] args) throws IOException {
    ProcessPoolConfig config = ProcessPoolConfig.named("cpu").maxWorkers(1);
    config = config.jvmArgs(Arrays.copyOfRange(args, 1, args.length));
    Path archive = Path.of("none");
    try (Pools pools = Pools.builder().pool(config).build()) {
      Pool cpu = pools.pool("cpu");
      String early = archiveOf(cpu) + archiveOf(cpu) + archiveOf(cpu);
      System.out.println("early: " + early + (isMaking() ? ", making" : ""));
      System.out.println("fourth: " + archiveOf(cpu) + (isMaking() ? ", making" : ""));
      switch (args[0]) {
        case "close" -> {}
        case "use" -> {
          archive = awaitArchive(cpu);
          System.out.println("pid " + cpu.submit(Cpu::ownPid).join());
        }
        case "cut" -> {
          archive = awaitArchive(cpu);
          cut(archive);
          System.out.println("cut: " + archiveOf(cpu));
          System.out.println("then: " + archiveOf(cpu));
        }
        case "replace" -> {
          archive = awaitArchive(cpu);
          boolean isSet = ownJar().setLastModified(1_000_000_000_000L);
          System.out.println("replaced: " + isSet);
          System.out.println("still: " + archiveOf(cpu).equals(archive.toString()));
        }
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    boolean isLeft = ProcessHandle.current().children().findAny().isPresent();
    System.out.println("left: " + isLeft + ", " + isMaking() + ", " + Files.exists(archive));
  }

  private static Path awaitArchive(Pool cpu) {
    String file = archiveOf(cpu);
    while (file.isEmpty()) {
      file = archiveOf(cpu);
    }
    return Path.of(file);
  }

  /** Of the worker JVM that runs the call; empty when it has none. */
  private static String archiveOf(Pool cpu) {
    String archive = cpu.submit(ArchivedProgram::ownArchive).join();
    ProcessHandle worker = ProcessHandle.of(cpu.submit(Cpu::ownPid).join()).orElseThrow();
    if (!worker.destroyForcibly()) {
      throw new IllegalStateException("cannot kill " + worker);
    }
    ProcessHandle unused = worker.onExit().join();
    return archive;
  }

  static String ownArchive() {
    List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return options.stream()
        .filter(each -> each.startsWith(OPTION))
        .map(each -> each.substring(OPTION.length()))
        .findAny()
        .orElse("");
  }

  private static boolean isMaking() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(each -> each.getName().equals("cpu-archive"));
  }

  /** To half its length, as by a full disk; who has mapped the whole one keeps it. */
  private static void cut(Path archive) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    Path half = archive.resolveSibling("half");
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    Files.move(half, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private static File ownJar() {
    String path = System.getProperty("java.class.path");
    return new File(path.substring(0, path.indexOf(File.pathSeparator)));
  }
}
