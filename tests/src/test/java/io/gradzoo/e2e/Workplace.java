package io.gradzoo.e2e;

import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A folder in which the tiny job runs: its warehouse, run directories and reports.
 *
 * @param folder of its own
 */
record Workplace(Path folder) {
  static final String ZOO = "tiny";
  static final List<String> MODELS = List.of("gradmetanet", "scalegmn");

  /** Files of a run directory that are functions of the config alone. */
  static final List<String> REPRODUCIBLE = List.of("model.safetensors", "metrics.jsonl");

  private static final List<TableSchema> SCHEMAS =
      List.of(
          MembersTable.SCHEMA,
          ProbeSetsTable.SCHEMA,
          GradientSetsTable.SCHEMA,
          LayerFactorsTable.SCHEMA,
          LayerMomentsTable.SCHEMA,
          PredictionsTable.of("scalegmn", new AccuracyTask().column()),
          PredictionsTable.of("gradmetanet", new AccuracyTask().column()));

  static {
    System.setProperty("gradzoo.home", Path.of("..").toAbsolutePath().normalize().toString());
  }

  /** The config of the tiny job. */
  static Path config() {
    try {
      return Path.of(Workplace.class.getResource("/e2e/tiny.conf").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A command line, with this place's folders in front. */
  List<String> arguments(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--config=" + config(),
                "--set=storage.warehouse=" + folder.resolve("warehouse"),
                "--set=storage.runs=" + folder.resolve("runs"),
                "--set=storage.reports=" + folder.resolve("reports")));
    all.addAll(List.of(command));
    return all;
  }

  /** Runs a command in this JVM. */
  Outcome gradzoo(String... command) {
    return Outcome.of(arguments(command).toArray(String[]::new));
  }

  /** The Iceberg tables. */
  TableStore iceberg() {
    return TableStores.iceberg(SharedSession.get(), folder.resolve("warehouse").toString());
  }

  /** The plain tables that {@code --output} names. */
  TableStore plain() {
    return TableStores.plainParquet(SharedSession.get(), plainFolder().toString());
  }

  /** Runs a command on the plain tables. */
  Outcome gradzooPlain(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--output=" + plainFolder());
    return gradzoo(words.toArray(String[]::new));
  }

  Path plainFolder() {
    return folder.resolve("plain");
  }

  Path run(String model) {
    return folder.resolve("runs").resolve(ZOO + "-" + model);
  }

  Path page() {
    return folder.resolve("reports").resolve(ZOO + ".html");
  }

  /** What two equal jobs must have in common: the tables' contents, the models' bytes. */
  SortedMap<String, String> results(TableStore store) {
    SortedMap<String, String> results = new TreeMap<>();
    for (TableId id : store.list()) {
      Dataset<Row> rows = store.read(id.zoo(), schema(id));
      results.put("table " + id, TableContentHash.of(rows));
    }
    for (String model : MODELS) {
      for (String name : REPRODUCIBLE) {
        Path file = run(model).resolve(name);
        if (Files.exists(file)) {
          results.put(model + "/" + name, sha256(bytes(file)));
        }
      }
    }
    return results;
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of a table of the zoo. */
  static Dataset<Row> rows(TableStore store, TableSchema schema) {
    return store.read(ZOO, schema);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TableSchema schema(TableId id) {
    return SCHEMAS.stream()
        .filter(schema -> schema.in(id.zoo()).equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("a table that nobody knows: " + id));
  }
}
