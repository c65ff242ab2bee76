package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.Sessions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Apache Iceberg tables in the catalog {@code gradzoo}: {@code gradzoo.<zoo>.members} and so on.
 * Every write is one Iceberg commit.
 */
final class IcebergTableStore implements TableStore {

  /**
   * Parquet with zstd; few metadata files; no shuffle before a write. Dictionaries of 64 bytes, the
   * least that Parquet can write, are given up soon: building them for float columns, whose values
   * hardly repeat, took two thirds of the time of writing factors.
   */
  private static final Map<String, String> WRITING =
      Map.of(
          "format-version", "2",
          "write.format.default", "parquet",
          "write.parquet.compression-codec", "zstd",
          "write.parquet.compression-level", "3",
          "write.parquet.dict-size-bytes", "64",
          "write.distribution-mode", "none",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "10");

  private final SparkSession session;
  private final String warehouse;
  private final Folder folder;

  private IcebergTableStore(SparkSession session, String warehouse, Folder folder) {
    this.session = session;
    this.warehouse = warehouse;
    this.folder = folder;
  }

  static IcebergTableStore open(SparkSession session, String warehouse) {
    Folder folder =
        Folder.open(warehouse, session.sparkContext().hadoopConfiguration(), "warehouse");
    return new IcebergTableStore(
        Sessions.withCatalog(session, Folder.shown(folder.path())), warehouse, folder);
  }

  @Override
  public SparkSession session() {
    return session;
  }

  @Override
  public void begin(TableId id) {
    folder.probe(id.zoo());
  }

  @Override
  public void requireReplaceable(TableId id, String code) {
    // Older versions stay as snapshots.
  }

  @Override
  public void write(String zoo, TableSchema schema, Dataset<Row> rows, TableProperties properties) {
    TableId id = schema.in(zoo);
    Dataset<Row> arranged = Rows.arranged(rows, schema);
    folder.prepareToWrite();
    try {
      Namespace namespace = Namespace.of(zoo);
      if (namespaces().listNamespaces().stream().noneMatch(namespace::equals)) {
        namespaces().createNamespace(namespace);
      }
      CreateTableWriter<Row> writer = arranged.writeTo(name(id)).using("iceberg");
      Map<String, String> stored = new TreeMap<>(WRITING);
      stored.putAll(properties.stored(schema));
      stored.forEach(writer::tableProperty);
      writer.createOrReplace();
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      throw TableFailures.writing(id, location(id), e);
    }
  }

  @Override
  public Dataset<Row> read(String zoo, TableSchema schema) {
    TableId id = schema.in(zoo);
    Table table = load(id);
    int version = StoredProperties.check(id, location(id), schema, table.properties());
    if (table.currentSnapshot() == null) {
      throw TableFailures.halfWritten(id, location(id), "one without a single version");
    }
    try {
      Dataset<Row> rows = Rows.completed(session.table(name(id)), schema, version);
      Fault difference = Rows.difference(schema.columns(), rows.schema());
      if (difference != null) {
        throw TableFailures.expected(id, location(id), difference.expected(), difference.found());
      }
      return rows;
    } catch (GradzooException e) {
      throw e;
    } catch (Exception e) {
      throw TableFailures.unreadable(id, location(id), e);
    }
  }

  @Override
  public boolean exists(TableId id) {
    return list().contains(id);
  }

  @Override
  public StoredTable describe(TableId id) {
    Table table = load(id);
    int version = StoredProperties.version(id, location(id), table.properties());
    Snapshot snapshot = table.currentSnapshot();
    long rows =
        snapshot == null
            ? 0
            : Long.parseLong(snapshot.summary().getOrDefault("total-records", "0"));
    return new StoredTable(
        id, version, rows, location(id), TableProperties.read(table.properties()));
  }

  @Override
  public void verify(TableId id) {
    IcebergFiles.verify(id, load(id));
    List<String> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = load(id).newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file().location()));
    } catch (IOException | RuntimeException e) {
      throw TableFailures.unreadable(id, location(id), e);
    }
    DataFiles.verify(id, files, folder.files().getConf());
  }

  @Override
  public Staging staging(String zoo, String job, String hash, String code) {
    folder.prepareToWrite();
    return Staging.open(session, folder, zoo, job, hash, code);
  }

  /** A warehouse is made when it is first written. */
  @Override
  public void requirePlace() {}

  @Override
  public List<TableId> list() {
    List<TableId> tables = new ArrayList<>();
    if (!folder.exists()) {
      return tables;
    }
    try {
      for (Namespace namespace : namespaces().listNamespaces()) {
        for (TableIdentifier table : catalog().listTables(namespace)) {
          if (namespace.length() == 1
              && TableId.valid(namespace.level(0))
              && TableId.valid(table.name())) {
            tables.add(new TableId(namespace.level(0), table.name()));
          }
        }
      }
    } catch (Exception e) {
      throw GradzooException.data(
          Fault.of("warehouse").at(warehouse).found("cannot be read: " + TableFailures.reason(e)),
          e);
    }
    return tables.stream().sorted().toList();
  }

  private Table load(TableId id) {
    try {
      return catalog().loadTable(TableIdentifier.of(id.zoo(), id.table()));
    } catch (NoSuchTableException e) {
      throw folder.holds(id.zoo() + "/" + id.table())
          ? TableFailures.halfWritten(id, location(id), "a folder without Iceberg metadata")
          : TableFailures.missing(id, location(id));
    } catch (Exception e) {
      throw TableFailures.unreadable(id, location(id), e);
    }
  }

  private Catalog catalog() {
    return Spark3Util.loadIcebergCatalog(session, Sessions.CATALOG);
  }

  private SupportsNamespaces namespaces() {
    return (SupportsNamespaces) catalog();
  }

  private String location(TableId id) {
    return Folder.shown(folder.path()) + "/" + id.zoo() + "/" + id.table();
  }

  private static String name(TableId id) {
    return Sessions.CATALOG + "." + id.zoo() + "." + id.table();
  }
}
