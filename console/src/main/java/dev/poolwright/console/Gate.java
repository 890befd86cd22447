package dev.poolwright.console;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Lets only those in who know the token, which is the first part of the path.
 *
 * <p>A page of somebody else in the same browser gets nothing, whatever it knows: its requests name
 * it as their origin, and a name of its own that it points at this machine is no host of ours. That
 * is why a host must be {@code localhost}, an address in figures, or the name given at the start.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Gate extends Filter {

  private static final Pattern ADDRESS =
      Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(:\\d+)?");

  private final String token;
  private final String name;

  /**
   * Makes a gate with a new random token.
   *
   * @param name of the host that was told to listen on
   */
  Gate(String name) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
    this.name = name.toLowerCase(Locale.ROOT);
  }

  String token() {
    return token;
  }

  @Override
  public String description() {
    return "token, host and origin";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    try (exchange) {
      headers(exchange.getResponseHeaders());
      String host = exchange.getRequestHeaders().getFirst("Host");
      String origin = exchange.getRequestHeaders().getFirst("Origin");
      String[] path = exchange.getRequestURI().getPath().split("/", 3);
      if (host == null || !isOurs(host.toLowerCase(Locale.ROOT))) {
        Replies.text(exchange, 403, "This is not the host's name; use localhost");
      } else if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
        Replies.text(exchange, 403, "Another page must not read this one");
      } else if (path.length < 3 || !isToken(path[1])) {
        Replies.text(exchange, 403, "The token is missing; use the address that was printed");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        Replies.text(exchange, 405, "Only GET");
      } else {
        chain.doFilter(exchange);
      }
    }
  }

  private boolean isOurs(String host) {
    String bare = host.replaceFirst(":\\d+$", "");
    return bare.equals("localhost") || bare.equals(name) || ADDRESS.matcher(host).matches();
  }

  private boolean isToken(String text) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static void headers(Headers headers) {
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
            + " 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
