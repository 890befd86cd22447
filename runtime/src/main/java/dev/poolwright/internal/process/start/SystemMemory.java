package dev.poolwright.internal.process.start;

import dev.poolwright.internal.life.Guard;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The memory that this JVM may use and that others use, and what the kernel does when there is none
 * left.
 *
 * <p><b>Source:</b> on Linux read from files, since asking the JVM for it takes 30 to 45 ms once.
 */
public final class SystemMemory {
  /** A process with this score goes before one with the usual one of 0. */
  private static final int WORKER_SCORE = 500;

  private static final int MORE = 100;
  private static final int MOST_SCORE = 1_000;

  private static final AtomicBoolean isTold = new AtomicBoolean();

  private SystemMemory() {}

  /** All of it, or what the control groups of this process leave of it. */
  static long bytes() {
    try {
      long least = kilobytes(Path.of("/proc/meminfo"), "MemTotal:");
      for (Path limit : groupFiles(Path.of("/"), "memory.max", "memory.limit_in_bytes")) {
        String text = read(limit).strip();
        least = text.equals("max") ? least : Math.min(least, limit(text));
      }
      return least;
    } catch (IOException | RuntimeException e) {
      return ofJvm(); // Not Linux, or not as expected.
    }
  }

  /** What a process has in memory at this moment; empty when it has ended, or elsewhere. */
  public static OptionalLong resident(long pid) {
    try {
      Path status = Path.of("/proc", Long.toString(pid), "status");
      return OptionalLong.of(kilobytes(status, "VmRSS:"));
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  /** A line with a number of kB, as bytes. */
  private static long kilobytes(Path file, String name) throws IOException {
    for (String line : read(file).split("\n", -1)) {
      if (line.startsWith(name) && line.endsWith(" kB")) {
        String number = line.substring(name.length(), line.length() - " kB".length());
        return Long.parseLong(number.strip()) << 10;
      }
    }
    throw new IOException("no " + name);
  }

  /** By a stream, whose classes the JDK has in its archive: those of channels take 5 ms once. */
  private static String read(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static long limit(String text) {
    return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static long ofJvm() {
    try {
      if (ManagementFactory.getOperatingSystemMXBean()
          instanceof com.sun.management.OperatingSystemMXBean system) {
        return system.getTotalMemorySize();
      }
    } catch (LinkageError e) {
      // An image without these modules.
    }
    return Runtime.getRuntime().maxMemory() * 4; // A JVM takes a quarter by default.
  }

  /**
   * The files of that name in the control groups of this process and those around them, as far as
   * they are seen from here.
   *
   * @param root of the file system
   */
  private static List<Path> groupFiles(Path root, String ofVersion2, String ofVersion1)
      throws IOException {
    List<Path> files = new ArrayList<>();
    Path mounted = root.resolve("sys/fs/cgroup");
    for (String line : read(root.resolve("proc/self/cgroup")).split("\n", -1)) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        continue;
      }
      boolean isSecond = fields[0].equals("0") && fields[1].isEmpty();
      if (isSecond || List.of(fields[1].split(",", -1)).contains("memory")) {
        Path top = isSecond ? mounted : mounted.resolve("memory");
        Path group = top.resolve(fields[2].substring(1)).normalize();
        for (; group != null && group.startsWith(top); group = group.getParent()) {
          Path file = group.resolve(isSecond ? ofVersion2 : ofVersion1);
          if (Files.isReadable(file)) {
            files.add(file);
          }
        }
      }
    }
    return files;
  }

  /** Whether the kernel ends the whole group of a process that it ends for lack of memory. */
  static boolean isGroupEnded(Path root) {
    try {
      for (Path file : groupFiles(root, "memory.oom.group", "memory.none")) {
        if (Files.readString(file).strip().equals("1")) {
          return true;
        }
      }
    } catch (IOException | RuntimeException e) {
      // No control groups that are seen from here.
    }
    return false;
  }

  /**
   * Has the kernel end a worker JVM before this one where memory is short, on Linux. What it starts
   * inherits that. Where it cannot be, nothing is worse than without.
   */
  static void offer(Process worker) {
    Path own = Path.of("/proc/self/oom_score_adj");
    try {
      int score = Integer.parseInt(Files.readString(own).strip());
      int offered = Math.max(WORKER_SCORE, Math.min(MOST_SCORE, score + MORE));
      Files.writeString(
          Path.of("/proc", Long.toString(worker.pid()), "oom_score_adj"),
          Integer.toString(offered));
    } catch (IOException | RuntimeException e) {
      // Another system, or the worker has ended.
    }
    if (!isTold.get() && isTold.compareAndSet(false, true) && isGroupEnded(Path.of("/"))) {
      Guard.log(
          System.Logger.Level.WARNING,
          "where memory is short the kernel ends this application with its worker JVMs, since"
              + " memory.oom.group of its control group is 1; see docs/processes.md");
    }
  }
}
