package io.gradzoo.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser with one page, driven through its own debugging protocol. */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final int SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
  private int calls;

  private Chromium(Process process, URI page) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** The browser of this machine. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one.
   *
   * @param folder of its own, which is empty
   */
  static Chromium start(Path program, Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox", // there is none for root; the pages are our own
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=1200,900",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      return new Chromium(process, page(process, folder));
    } catch (Exception e) {
      process.destroy();
      throw e;
    }
  }

  /** Where its page listens, when it does. */
  private static URI page(Process process, Path folder) throws Exception {
    Path port = folder.resolve("DevToolsActivePort");
    for (int i = 0; i < 10 * SECONDS && process.isAlive(); i++) {
      if (Files.exists(port) && Files.readAllLines(port).size() > 1) {
        String list = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list";
        HttpRequest request = HttpRequest.newBuilder(URI.create(list)).build();
        for (JsonNode target :
            JSON.readTree(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())) {
          if (target.path("type").asText().equals("page")) {
            return URI.create(target.path("webSocketDebuggerUrl").asText());
          }
        }
      }
      Thread.sleep(100);
    }
    throw new IOException("no page: " + Files.readString(folder.resolve("log")));
  }

  /** Opens a page and waits until it is there. */
  void open(URI page) throws InterruptedException {
    events.clear();
    call("Page.navigate", Map.of("url", page.toString()));
    waitFor("location.href === '" + page + "' && document.readyState === 'complete'");
  }

  /** Waits until an expression is true. */
  void waitFor(String condition) throws InterruptedException {
    for (int i = 0; i < 10 * SECONDS; i++) {
      if (evaluate(condition).asBoolean()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never true: " + condition + "\n" + events);
  }

  /** The value of an expression. */
  JsonNode evaluate(String javascript) {
    JsonNode answer =
        call("Runtime.evaluate", Map.of("expression", javascript, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(javascript + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Moves the pointer, in pixels of the window. */
  void point(double x, double y) {
    call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
  }

  /** What the page asked for since it was opened, itself included. */
  List<String> requests() {
    return events.stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  /** What went wrong in the page since it was opened: exceptions, and errors on its console. */
  List<String> errors() {
    return events.stream()
        .filter(
            event ->
                switch (event.path("method").asText()) {
                  case "Runtime.exceptionThrown" -> true;
                  case "Runtime.consoleAPICalled" ->
                      event.path("params").path("type").asText().equals("error");
                  case "Log.entryAdded" ->
                      event.path("params").path("entry").path("level").asText().equals("error");
                  default -> false;
                })
        .map(JsonNode::toString)
        .toList();
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    int id = calls++;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String text =
        JSON.valueToTree(Map.of("id", id, "method", method, "params", parameters)).toString();
    socket.sendText(text, true).join();
    JsonNode answered = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    if (answered.has("error")) {
      throw new AssertionError(method + ": " + answered.path("error"));
    }
    return answered.path("result");
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    process.onExit().join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        receive(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void receive(String text) {
      try {
        JsonNode received = JSON.readTree(text);
        if (received.has("id")) {
          answers.remove(received.path("id").asInt()).complete(received);
        } else {
          events.add(received);
        }
      } catch (IOException e) {
        throw new IllegalStateException(text, e);
      }
    }
  }
}
