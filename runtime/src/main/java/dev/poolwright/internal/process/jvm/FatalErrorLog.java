package dev.poolwright.internal.process.jvm;

import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM wrote when native code, or it itself, crashed. Evidence, and full of secrets: it has
 * all properties and variables of the process.
 *
 * @param head its first 64 KiB, at most
 * @param kept where it is now; null where it could not be kept
 */
public record FatalErrorLog(String head, @Nullable Path kept) {
  private static final int HEAD_BYTES = 64 << 10;
  private static final Pattern SIGNAL = Pattern.compile("(?m)^#  (SIG[A-Z]+) \\(0x([0-9a-f]+)\\)");
  private static final Pattern FRAME = Pattern.compile("# Problematic frame:\\R# (.+)");

  /**
   * Reads a report, and keeps it where people look for it.
   *
   * @param written by the JVM, in the private directory
   * @param pid of that JVM
   * @param folder where to keep it; empty for the working folder
   * @return null when there is none
   */
  static @Nullable FatalErrorLog take(Path written, long pid, String folder) {
    try {
      String head = head(written);
      return new FatalErrorLog(head, keep(written, pid, folder));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      Guard.log(System.Logger.Level.WARNING, "cannot read the crash report " + written, e);
      return null;
    }
  }

  private static String head(Path written) throws IOException {
    try (InputStream in = Files.newInputStream(written, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static @Nullable Path keep(Path written, long pid, String folder) {
    Path place = Path.of(folder).toAbsolutePath();
    try {
      byte[] all = Files.readAllBytes(written);
      if (!folder.isEmpty()) {
        Files.createDirectories(place);
      }
      for (int i = 1; ; i++) {
        Path file = place.resolve("hs_err_pid" + pid + (i == 1 ? "" : "-" + i) + ".log");
        try {
          PrivateDirectory.writeNew(file, all);
          return file;
        } catch (FileAlreadyExistsException e) {
          // Of another process that had this id: another name.
        }
      }
    } catch (IOException e) {
      Guard.log(
          System.Logger.Level.WARNING,
          "cannot keep a crash report in " + place + "; see the setting crash-files",
          e);
      return null;
    }
  }

  /** The signal that native code got; 0 when it was none. */
  int signal() {
    Matcher matcher = SIGNAL.matcher(head);
    return matcher.find() ? Integer.parseInt(matcher.group(2), 16) : 0;
  }

  /** Whether the system had no more memory for the JVM. */
  boolean isOutOfMemory() {
    return head.contains("insufficient memory for the Java Runtime Environment");
  }

  /** For a message: without secrets. */
  @Override
  public String toString() {
    Matcher frame = FRAME.matcher(head);
    return (frame.find() ? "; problematic frame: " + frame.group(1).strip() : "")
        + (kept == null ? "" : "; its report is kept as " + kept);
  }
}
