package io.gradzoo.jobs.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tracking server as MLflow documents its REST API 2.0, in memory and strict: a field that the
 * API has not, a missing one, a run or an experiment that there is not, a parameter with a second
 * value, or more at once than the API allows is refused, and kept in {@link #refusals}.
 */
public final class MlflowServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields of each call, those that it must have with an exclamation mark. */
  private static final Map<String, List<String>> CALLS =
      Map.of(
          "GET experiments/get-by-name", List.of("experiment_name!"),
          "POST experiments/create", List.of("name!", "artifact_location", "tags"),
          "POST runs/search",
              List.of(
                  "experiment_ids!",
                  "filter",
                  "run_view_type",
                  "max_results",
                  "order_by",
                  "page_token"),
          "POST runs/create",
              List.of("experiment_id!", "user_id", "run_name", "start_time", "tags"),
          "POST runs/log-batch", List.of("run_id!", "metrics", "params", "tags"),
          "GET metrics/get-history",
              List.of("run_id!", "run_uuid", "metric_key!", "page_token", "max_results"),
          "POST runs/update", List.of("run_id!", "run_uuid", "status", "end_time", "run_name"));

  private final HttpServer server;
  private final Map<String, String> experiments = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());

  /** A number that was logged. */
  public record Metric(String key, double value, long timestamp, long step) {}

  /** A run of the server. */
  public static final class Run {
    private final String id;
    private final String experiment;
    private final String name;
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, String> params = new TreeMap<>();
    private final List<Metric> metrics = new ArrayList<>();
    private String status = "RUNNING";
    private boolean ended;

    private Run(String id, String experiment, String name) {
      this.id = id;
      this.experiment = experiment;
      this.name = name;
    }

    public String name() {
      return name;
    }

    public Map<String, String> params() {
      return params;
    }

    public String status() {
      return status + (ended ? " ended" : "");
    }

    /** What was logged under a key, in the order in which it came. */
    public List<Metric> history(String key) {
      return metrics.stream().filter(metric -> metric.key().equals(key)).toList();
    }
  }

  /** Starts on a free port of this machine. */
  public MlflowServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/2.0/mlflow/", this::serve);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public synchronized List<Run> runs() {
    return List.copyOf(runs.values());
  }

  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** An error of the API. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final String error;

    private Refusal(int code, String error, String message) {
      super(message);
      this.code = code;
      this.error = error;
    }

    private static Refusal invalid(String message) {
      return new Refusal(400, "INVALID_PARAMETER_VALUE", message);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String call =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
    int code = 200;
    ObjectNode answer = JSON.createObjectNode();
    try {
      answer(call, request(exchange), answer);
    } catch (Refusal e) {
      code = e.code;
      answer.removeAll().put("error_code", e.error).put("message", e.getMessage());
      if (e.code != 404 || !call.equals("GET experiments/get-by-name")) {
        refusals.add(call + ": " + e.getMessage());
      }
    }
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static ObjectNode request(HttpExchange exchange) throws IOException, Refusal {
    if (exchange.getRequestMethod().equals("POST")) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      if (!(body instanceof ObjectNode object)) {
        throw Refusal.invalid("no JSON object");
      }
      return object;
    }
    ObjectNode query = JSON.createObjectNode();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return query;
  }

  private synchronized void answer(String call, ObjectNode request, ObjectNode answer)
      throws Refusal {
    List<String> fields = CALLS.get(call);
    if (fields == null) {
      throw new Refusal(404, "ENDPOINT_NOT_FOUND", "no such call");
    }
    for (Iterator<String> names = request.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name) && !fields.contains(name + "!")) {
        throw Refusal.invalid("unknown field " + name);
      }
    }
    for (String field : fields) {
      if (field.endsWith("!") && !request.has(field.substring(0, field.length() - 1))) {
        throw Refusal.invalid("missing field " + field);
      }
    }
    switch (call) {
      case "GET experiments/get-by-name" -> experiment(request, answer);
      case "POST experiments/create" -> {
        String name = request.get("name").asText();
        if (experiments.containsKey(name)) {
          throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", name);
        }
        experiments.put(name, String.valueOf(experiments.size() + 1));
        answer.put("experiment_id", experiments.get(name));
      }
      case "POST runs/search" -> search(request, answer);
      case "POST runs/create" -> create(request, answer);
      case "POST runs/log-batch" -> log(run(request), request);
      case "GET metrics/get-history" -> {
        ArrayNode metrics = answer.putArray("metrics");
        run(request)
            .history(request.get("metric_key").asText())
            .forEach(each -> put(metrics, each));
      }
      default -> update(run(request), request, answer);
    }
  }

  private void experiment(ObjectNode request, ObjectNode answer) throws Refusal {
    String name = request.get("experiment_name").asText();
    if (!experiments.containsKey(name)) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", name);
    }
    answer
        .putObject("experiment")
        .put("experiment_id", experiments.get(name))
        .put("name", name)
        .put("lifecycle_stage", "active");
  }

  private void search(ObjectNode request, ObjectNode answer) throws Refusal {
    var filter =
        java.util.regex.Pattern.compile("tags\\.(\\w+) = '([^']*)'")
            .matcher(request.path("filter").asText());
    if (!filter.matches()) {
      throw Refusal.invalid("filter " + request.path("filter"));
    }
    ArrayNode found = answer.putArray("runs");
    for (Run run : runs.values()) {
      boolean there = false;
      for (JsonNode id : request.get("experiment_ids")) {
        there |= id.asText().equals(run.experiment);
      }
      if (there && filter.group(2).equals(run.tags.get(filter.group(1)))) {
        found.add(json(run));
      }
    }
  }

  private void create(ObjectNode request, ObjectNode answer) throws Refusal {
    String experiment = request.get("experiment_id").asText();
    if (!experiments.containsValue(experiment)) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "experiment " + experiment);
    }
    Run run =
        new Run("%032x".formatted(runs.size() + 1), experiment, request.path("run_name").asText());
    for (JsonNode tag : request.path("tags")) {
      run.tags.put(tag.get("key").asText(), tag.get("value").asText());
    }
    runs.put(run.id, run);
    answer.set("run", json(run));
  }

  private static void log(Run run, ObjectNode request) throws Refusal {
    if (request.path("metrics").size() > 1000 || request.path("params").size() > 100) {
      throw Refusal.invalid("too much at once");
    }
    for (JsonNode param : request.path("params")) {
      String key = key(param, Set.of("key", "value"));
      String value = param.get("value").asText();
      if (value.length() > 500 || !run.params.getOrDefault(key, value).equals(value)) {
        throw Refusal.invalid("parameter " + key);
      }
      run.params.put(key, value);
    }
    for (JsonNode metric : request.path("metrics")) {
      String key = key(metric, Set.of("key", "value", "timestamp", "step"));
      run.metrics.add(
          new Metric(
              key,
              metric.get("value").asDouble(),
              metric.get("timestamp").asLong(),
              metric.path("step").asLong()));
    }
  }

  private static String key(JsonNode entry, Set<String> fields) throws Refusal {
    for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw Refusal.invalid("unknown field " + name);
      }
    }
    String key = entry.path("key").asText();
    if (!key.matches("[\\w./ -]{1,250}")) {
      throw Refusal.invalid("key " + key);
    }
    return key;
  }

  private static void update(Run run, ObjectNode request, ObjectNode answer) throws Refusal {
    String status = request.path("status").asText();
    if (!Set.of("RUNNING", "FINISHED", "FAILED", "KILLED", "SCHEDULED").contains(status)) {
      throw Refusal.invalid("status " + status);
    }
    run.status = status;
    run.ended = request.has("end_time");
    answer.set("run_info", json(run).get("info"));
  }

  private Run run(ObjectNode request) throws Refusal {
    String id = request.get("run_id").asText();
    if (!runs.containsKey(id)) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "run " + id);
    }
    return runs.get(id);
  }

  private static ObjectNode json(Run run) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("info")
        .put("run_id", run.id)
        .put("run_uuid", run.id)
        .put("run_name", run.name)
        .put("experiment_id", run.experiment)
        .put("status", run.status)
        .put("lifecycle_stage", "active");
    ObjectNode data = json.putObject("data");
    Map<String, Metric> latest = new LinkedHashMap<>();
    run.metrics.forEach(metric -> latest.put(metric.key(), metric));
    ArrayNode metrics = data.putArray("metrics");
    latest.values().forEach(metric -> put(metrics, metric));
    ArrayNode params = data.putArray("params");
    run.params.forEach((key, value) -> params.addObject().put("key", key).put("value", value));
    ArrayNode tags = data.putArray("tags");
    run.tags.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    return json;
  }

  private static void put(ArrayNode metrics, Metric metric) {
    metrics
        .addObject()
        .put("key", metric.key())
        .put("value", metric.value())
        .put("timestamp", metric.timestamp())
        .put("step", metric.step());
  }
}
