package dev.poolwright.internal.process.start;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Jars and folders that are packed in a jar, as in Spring Boot's executable ones: the JVM cannot
 * read them there, so each is unpacked once into a private directory of the pool; a folder becomes
 * a jar of its own.
 *
 * <p><b>Threads:</b> thread-safe; starts wait for the first of them, which unpacks.
 */
final class UnpackedJars {
  /** What stands between an outer file and what is in it, by who makes such URLs. */
  private static final Map<String, String> SEPARATORS =
      Map.of("nested:", "/!", "war:file:", "*/", "file:", "!/");

  private final WorkerDirectory directory;

  /** By URL. */
  @GuardedBy("this")
  private final Map<String, Path> unpacked = new HashMap<>();

  UnpackedJars(WorkerDirectory directory) {
    this.directory = directory;
  }

  /** A place in a jar: the whole of it when the entry is empty; a folder when that ends so. */
  private record Place(Path outer, String entry) {}

  /**
   * Whether a JVM could read it, unpacked or as it is.
   *
   * @param url of a jar or folder
   */
  static boolean isKnown(URL url) {
    return place(url) != null;
  }

  /**
   * Unpacks what is packed.
   *
   * @param url of a jar or folder
   * @return a jar or folder of the file system; null when it is none that can be known
   * @throws IOException when there is no room
   */
  synchronized @Nullable String path(URL url) throws IOException {
    Place place = place(url);
    if (place == null || place.entry().isEmpty()) {
      return place == null ? null : place.outer().toString();
    }
    Path folder = directory.forLargeFiles().path();
    Path done = unpacked.get(url.toString());
    if (done == null || !done.startsWith(folder) || !Files.exists(done)) {
      try (JarFile outer = new JarFile(place.outer().toFile(), false)) {
        done = unpack(outer, place.entry(), folder);
      }
      unpacked.put(url.toString(), done);
    }
    return done.toString();
  }

  private static @Nullable Place place(URL url) {
    String text = url.toString();
    try {
      if (!text.startsWith("jar:")) {
        return text.startsWith("file:") ? new Place(Path.of(new URI(text)), "") : null;
      }
      String inner = text.substring("jar:".length());
      for (Map.Entry<String, String> each : SEPARATORS.entrySet()) {
        if (inner.startsWith(each.getKey())) {
          return place(inner.substring(each.getKey().length()), each.getValue());
        }
      }
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      // Not a path of this machine: a worker JVM could not use it either.
    }
    return null;
  }

  /** Of {@code "/a/app.jar/!BOOT-INF/lib/one.jar!/"} and the like. */
  private static @Nullable Place place(String text, String separator) throws URISyntaxException {
    int end = text.indexOf(separator);
    if (end < 0) {
      return null;
    }
    Path outer = Path.of(new URI("file:" + text.substring(0, end)));
    String entry = new URI("x:/" + text.substring(end + separator.length())).getPath().substring(1);
    if (entry.endsWith("!/")) {
      entry = entry.substring(0, entry.length() - 2);
    }
    return entry.contains("!/") ? null : new Place(outer, entry);
  }

  private static Path unpack(JarFile outer, String name, Path folder) throws IOException {
    JarEntry entry = outer.getJarEntry(name);
    if (entry == null) {
      entry = outer.getJarEntry(name + "/");
    }
    boolean isFolder = name.endsWith("/") || entry == null || entry.isDirectory();
    String last = isFolder ? "folder" : name.substring(name.lastIndexOf('/') + 1);
    String stem = last.endsWith(".jar") ? last.substring(0, last.length() - 4) : last;
    String own = stem + "-" + WorkerDirectory.newName();
    Path part = Files.createTempFile(folder, own, ".part");
    if (isFolder) {
      pack(outer, name.endsWith("/") ? name : name + "/", part);
    } else {
      try (InputStream in = outer.getInputStream(entry)) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return Files.move(part, folder.resolve(own + ".jar"));
  }

  /** With the manifest of the outer jar, which tells of the packages in it. */
  private static void pack(JarFile outer, String prefix, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Manifest outers = outer.getManifest();
    if (outers != null) {
      manifest.getMainAttributes().putAll(outers.getMainAttributes());
    }
    manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
    manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Iterator<JarEntry> all = outer.entries().asIterator(); all.hasNext(); ) {
        JarEntry each = all.next();
        String name = each.getName();
        if (!name.startsWith(prefix)
            || List.of(prefix, prefix + JarFile.MANIFEST_NAME, prefix + "META-INF/")
                .contains(name)) {
          continue;
        }
        out.putNextEntry(new JarEntry(name.substring(prefix.length())));
        try (InputStream in = outer.getInputStream(each)) {
          in.transferTo(out);
        }
      }
    }
  }
}
