package io.gradzoo.benchmark;

import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.StorageConfig;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a commit costs in the embedded catalog and in Iceberg's Hadoop catalog, in turns: one that
 * changes a table's metadata alone, and one that replaces a table through Spark.
 *
 * <p>{@code CommitBenchmark [TIMES]}; medians in milliseconds, with the tenth and ninetieth
 * percentiles.
 */
public final class CommitBenchmark {
  private static final String ZOO = "bench";
  private static final TableId ID = ProbeSetsTable.SCHEMA.in(ZOO);

  private CommitBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
    SparkSession session = Sessions.open("commits");
    Path folder = Files.createTempDirectory("commits");
    List<StorageConfig> catalogs =
        List.of(storage(folder.resolve("hadoop"), "hadoop"), storage(folder.resolve("sqlite"), ""));
    double[][] metadata = new double[2][times];
    double[][] tables = new double[2][times];
    for (int warmup = 0; warmup < 5; warmup++) {
      catalogs.forEach(storage -> replace(session, storage));
    }
    for (int i = 0; i < times; i++) {
      for (int catalog = 0; catalog < 2; catalog++) {
        StorageConfig storage = catalogs.get(catalog);
        metadata[catalog][i] = milliseconds(() -> touch(session, storage));
        tables[catalog][i] = milliseconds(() -> replace(session, storage));
      }
    }
    print("metadata", metadata);
    print("table", tables);
    session.stop();
  }

  private static void touch(SparkSession session, StorageConfig storage) {
    TableStore store = TableStores.iceberg(session, storage);
    Table table =
        Sessions.catalog(store.session()).loadTable(TableIdentifier.of(ID.zoo(), ID.table()));
    table.updateProperties().set("touched", Long.toString(System.nanoTime())).commit();
  }

  private static void replace(SparkSession session, StorageConfig storage) {
    TableStore store = TableStores.iceberg(session, storage);
    List<Row> none = List.of();
    store.begin(ID);
    store.write(
        ZOO,
        ProbeSetsTable.SCHEMA,
        store.session().createDataFrame(none, ProbeSetsTable.SCHEMA.columns()),
        TableProperties.of("bench"));
  }

  private static StorageConfig storage(Path warehouse, String type) {
    Map<String, String> catalog = type.isEmpty() ? Map.of() : Map.of("type", type);
    return new StorageConfig(warehouse.toString(), new TreeMap<>(catalog), "runs", "reports");
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-6;
  }

  private static void print(String what, double[][] measured) {
    String[] names = {"hadoop", "sqlite"};
    for (int catalog = 0; catalog < 2; catalog++) {
      double[] sorted = measured[catalog];
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "%s, %s: %.1f ms (%.1f to %.1f)%n",
          what,
          names[catalog],
          sorted[sorted.length / 2],
          sorted[sorted.length / 10],
          sorted[sorted.length * 9 / 10]);
    }
  }
}
