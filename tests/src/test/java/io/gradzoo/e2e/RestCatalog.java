package io.gradzoo.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.PropertyAccessor;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.PropertyNamingStrategies;

/**
 * An Iceberg REST catalog: Iceberg's own handlers of the protocol's requests, over HTTP, for those
 * who know the token.
 */
final class RestCatalog implements AutoCloseable {
  static final String TOKEN = "let-me-in-please";
  private static final String NAMESPACES = "/v1/namespaces";

  private final ObjectMapper json = mapper();
  private final JdbcCatalog catalog = new JdbcCatalog();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  private RestCatalog(HttpServer server) {
    this.server = server;
  }

  /** Serves tables that are kept in a folder. */
  static RestCatalog start(Path folder) throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    RestCatalog rest = new RestCatalog(HttpServer.create(here, 0));
    rest.catalog.setConf(new Configuration());
    rest.catalog.initialize(
        "served",
        Map.of(
            "uri",
            "jdbc:sqlite:" + folder.resolve("served.sqlite"),
            "warehouse",
            folder.resolve("served").toString(),
            "clients",
            "1"));
    rest.server.createContext("/", rest::answer);
    rest.server.setExecutor(rest.threads);
    rest.server.start();
    return rest;
  }

  String uri() {
    InetSocketAddress address = server.getAddress();
    return "http://" + address.getHostString() + ":" + address.getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    catalog.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        error(exchange, 401, "NotAuthorizedException", "not with this token");
        return;
      }
      try {
        send(exchange, 200, response(exchange));
      } catch (NoSuchTableException | NoSuchNamespaceException e) {
        error(exchange, 404, e.getClass().getSimpleName(), e.getMessage());
      } catch (AlreadyExistsException | CommitFailedException e) {
        error(exchange, 409, e.getClass().getSimpleName(), e.getMessage());
      } catch (RuntimeException e) {
        error(exchange, 500, e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void error(HttpExchange exchange, int code, String type, String message)
      throws IOException {
    send(
        exchange,
        code,
        ErrorResponse.builder().responseCode(code).withType(type).withMessage(message).build());
  }

  private void send(HttpExchange exchange, int code, Object response) throws IOException {
    if (response == null || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(response == null ? 204 : code, -1);
      return;
    }
    byte[] body = json.writeValueAsBytes(response);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  /** What Iceberg's handler answers; null for nothing. */
  private Object response(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    if (uri.getPath().equals("/v1/config")) {
      return Map.of("defaults", Map.of(), "overrides", Map.of());
    }
    String[] words = uri.getRawPath().substring(NAMESPACES.length()).split("/", -1);
    String method = exchange.getRequestMethod();
    if (words.length > 4) { // what a client reports of its scans
      return null;
    }
    return switch (words.length) {
      case 1 -> namespaces(exchange, method);
      case 2 -> namespace(method, Namespace.of(decoded(words[1])));
      case 3 -> tables(exchange, method, words[2], Namespace.of(decoded(words[1])));
      default -> table(exchange, method, TableIdentifier.of(decoded(words[1]), decoded(words[3])));
    };
  }

  private Object namespaces(HttpExchange exchange, String method) throws IOException {
    return method.equals("POST")
        ? CatalogHandlers.createNamespace(catalog, read(exchange, CreateNamespaceRequest.class))
        : CatalogHandlers.listNamespaces(catalog, Namespace.empty());
  }

  private Object namespace(String method, Namespace namespace) {
    if (method.equals("DELETE")) {
      CatalogHandlers.dropNamespace(catalog, namespace);
      return null;
    }
    return CatalogHandlers.loadNamespace(catalog, namespace);
  }

  private Object tables(HttpExchange exchange, String method, String what, Namespace namespace)
      throws IOException {
    if (what.equals("register")) {
      RegisterTableRequest request = read(exchange, RegisterTableRequest.class);
      return CatalogHandlers.registerTable(catalog, namespace, request);
    }
    if (method.equals("GET")) {
      return CatalogHandlers.listTables(catalog, namespace);
    }
    CreateTableRequest request = read(exchange, CreateTableRequest.class);
    return request.stageCreate()
        ? CatalogHandlers.stageTableCreate(catalog, namespace, request)
        : CatalogHandlers.createTable(catalog, namespace, request);
  }

  private Object table(HttpExchange exchange, String method, TableIdentifier table)
      throws IOException {
    return method.equals("POST")
        ? CatalogHandlers.updateTable(catalog, table, read(exchange, UpdateTableRequest.class))
        : CatalogHandlers.loadTable(catalog, table);
  }

  private <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
    return json.readValue(exchange.getRequestBody(), type);
  }

  private static String decoded(String word) {
    return URLDecoder.decode(word, StandardCharsets.UTF_8);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    mapper.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
    RESTSerializers.registerAll(mapper);
    return mapper;
  }
}
