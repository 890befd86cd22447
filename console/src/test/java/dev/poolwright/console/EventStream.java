package dev.poolwright.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The events of a console, as one browser hears them. Confined to one thread. */
final class EventStream implements AutoCloseable {

  private final InputStream stream;
  private final BufferedReader lines;
  private String text = "";

  EventStream(HttpClient client, URI console) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(console.resolve("events")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    stream = response.body();
    lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** Waits for the next event. */
  JsonObject next() throws IOException {
    while (true) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the stream has ended");
      }
      if (line.startsWith("data: ")) {
        text = line.substring("data: ".length());
        return JsonParser.parseString(text).getAsJsonObject();
      }
    }
  }

  /** Waits for an event that is as it should be. */
  JsonObject until(Predicate<JsonObject> isSo) throws IOException {
    JsonObject event = next();
    while (!isSo.test(event)) {
      event = next();
    }
    return event;
  }

  /** The last event, as it was sent. */
  String text() {
    return text;
  }

  static JsonObject pool(JsonObject event, String name) {
    for (JsonElement pool : event.getAsJsonArray("pools")) {
      if (pool.getAsJsonObject().get("name").getAsString().equals(name)) {
        return pool.getAsJsonObject();
      }
    }
    throw new AssertionError("no pool " + name + " in " + event);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
