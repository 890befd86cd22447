package dev.poolwright.console;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven by its DevTools protocol. Confined to one thread. */
@SuppressWarnings("try") // close waits for the browser
final class Chromium implements AutoCloseable, WebSocket.Listener {

  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final ConcurrentMap<Integer, CompletableFuture<JsonObject>> answers =
      new ConcurrentHashMap<>();
  private final StringBuilder message = new StringBuilder();
  private int lastId;

  Chromium(String program, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader errors = process.errorReader();
    String line = errors.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = errors.readLine();
    }
    if (line == null) {
      throw new IOException(program + " did not start");
    }
    Thread drain = new Thread(() -> errors.lines().forEach(ignored -> {}), "chromium-errors");
    drain.setDaemon(true);
    drain.start();
    HttpClient client = HttpClient.newHttpClient();
    URI address = URI.create(line.substring(LISTENING.length()));
    String list =
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address.getPort() + "/json/list"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    String page = null;
    for (JsonElement target : JsonParser.parseString(list).getAsJsonArray()) {
      if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
        page = target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
      }
    }
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page), this).join();
    send("Page.enable", Map.of());
  }

  /** A browser of this machine. */
  static Optional<String> program() {
    List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  JsonObject send(String method, Map<String, ?> parameters) {
    int id = ++lastId;
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String command = new Gson().toJson(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(command, true).join();
    JsonObject got = answer.orTimeout(30, TimeUnit.SECONDS).join();
    if (got.has("error")) {
      throw new IllegalStateException(method + ": " + got.get("error"));
    }
    return got.getAsJsonObject("result");
  }

  void open(String address) {
    send("Page.navigate", Map.of("url", address));
  }

  void look(int width, int height, boolean isDark) {
    // A bar that comes with a long page would be cut off the right of pictures.
    send("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
  }

  /** The value of an expression, which may be a promise. */
  JsonElement value(String script) {
    JsonObject result =
        send(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + result.get("exceptionDetails"));
    }
    return result.getAsJsonObject("result").get("value");
  }

  /** Waits for an expression to become true. */
  void until(String script) {
    String wait =
        "new Promise(r => { const look = () => { try { if ("
            + script
            + ") return r(true); } catch (e) {} setTimeout(look, 50); };"
            + " setTimeout(() => r(false), 20000); look(); })";
    if (!value(wait).getAsBoolean()) {
      throw new AssertionError(
          script + " did not become true; the page says: " + value("document.body.innerText"));
    }
  }

  void screenshot(Path file) throws IOException {
    String data =
        send("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
            .get("data")
            .getAsString();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
    message.append(data);
    if (isLast) {
      JsonObject object = JsonParser.parseString(message.toString()).getAsJsonObject();
      message.setLength(0);
      if (object.has("id")) {
        answers.remove(object.get("id").getAsInt()).complete(object);
      }
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    process.waitFor();
  }
}
