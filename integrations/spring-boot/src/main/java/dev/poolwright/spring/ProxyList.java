package dev.poolwright.spring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The generated proxies of a class path, from the resource that the processor writes into each jar.
 *
 * @param byTarget the name of a proxy's class by that of the class that it calls, sorted
 * @param withoutTarget the names of those that call static methods alone, sorted
 */
record ProxyList(Map<String, String> byTarget, List<String> withoutTarget) {

  private static final String RESOURCE = "META-INF/poolwright/proxies";

  static ProxyList read(ClassLoader loader) {
    Map<String, String> byTarget = new TreeMap<>();
    TreeSet<String> withoutTarget = new TreeSet<>();
    try {
      for (URL url : Collections.list(loader.getResources(RESOURCE))) {
        for (String line : lines(url)) {
          String[] names = line.split(" ", 2);
          if (names.length == 1) {
            withoutTarget.add(names[0]);
          } else {
            byTarget.put(names[1], names[0]);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return new ProxyList(byTarget, List.copyOf(withoutTarget));
  }

  private static List<String> lines(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false); // a cache would keep the jar open
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
