package dev.poolwright.internal.wire;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A text in the environment of worker JVMs, which all that they start inherits. By it their
 * children are found when they are dead: by then those belong to another process.
 *
 * <p><b>Shape:</b> where there is {@code /proc}, and for processes of this user; elsewhere none are
 * found. A worker JVM of a worker JVM has the marks of both.
 *
 * @param text is part of the variable's value
 */
public record ProcessMark(String text) {
  /** The environment variable. */
  public static final String VARIABLE = "POOLWRIGHT_MARK";

  private static final File PROCESSES = new File("/proc");

  /** A process that is started while they are looked at is found by the next look. */
  private static final int MOST_LOOKS = 10;

  private static final long PAUSE_MILLIS = 2;

  /**
   * That of the worker JVMs of one pool.
   *
   * @return one that hardly anybody else has
   */
  public static ProcessMark random() {
    return new ProcessMark(
        Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36)
            + Long.toString(ProcessHandle.current().pid(), 36)
            + '-');
  }

  /** That of this JVM and all around it; an empty one, which nothing has, when there is none. */
  public static ProcessMark own() {
    String value = System.getenv(VARIABLE);
    return new ProcessMark(value == null ? "" : value);
  }

  /**
   * That of one worker JVM among those of this one.
   *
   * @param number its number
   * @return part of which this is
   */
  public ProcessMark of(int number) {
    return new ProcessMark(text + number + ';');
  }

  /**
   * Marks what is to be started.
   *
   * @param environment its environment, as inherited from this process
   */
  public void putInto(Map<String, String> environment) {
    environment.merge(VARIABLE, text, String::concat);
  }

  /** Kills every process that has it, but for this one. Those that it cannot see stay. */
  public void killAll() {
    try {
      for (int looks = 0; looks < MOST_LOOKS && killSome(); looks++) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean killSome() {
    String[] names = text.isEmpty() ? null : PROCESSES.list();
    if (names == null) {
      return false;
    }
    byte[] sought = text.getBytes(StandardCharsets.UTF_8);
    long own = ProcessHandle.current().pid();
    boolean isAny = false;
    for (String name : names) {
      char first = name.charAt(0);
      if (first >= '1' && first <= '9' && isMarked(name, sought)) {
        long pid = Long.parseLong(name);
        isAny |= pid != own && kill(pid, name, sought);
      }
    }
    return isAny;
  }

  /** Looks again with the process at hand: the number may have become another's. */
  private static boolean kill(long pid, String name, byte[] sought) {
    Optional<ProcessHandle> found = ProcessHandle.of(pid);
    return found.isPresent() && isMarked(name, sought) && found.get().destroyForcibly();
  }

  private static boolean isMarked(String name, byte[] sought) {
    try (FileInputStream in = new FileInputStream("/proc/" + name + "/environ")) {
      return contains(in.readAllBytes(), sought);
    } catch (IOException e) {
      return false; // Another user's, or gone.
    }
  }

  private static boolean contains(byte[] all, byte[] sought) {
    for (int start = 0; start <= all.length - sought.length; start++) {
      int same = 0;
      while (same < sought.length && all[start + same] == sought[same]) {
        same++;
      }
      if (same == sought.length) {
        return true;
      }
    }
    return false;
  }
}
