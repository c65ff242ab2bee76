package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.CatalogFailures;
import io.gradzoo.jobs.session.CatalogSettings;
import io.gradzoo.jobs.session.Sessions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Apache Iceberg tables in the catalog {@code gradzoo}: {@code gradzoo.<zoo>.members} and so on.
 * Every write is one Iceberg commit, which fails if another came in between. What a version is, its
 * summary says too, so that a reader of that version knows it whatever the table has become.
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
  private final CatalogSettings settings;
  private final Folder folder;
  private final Map<TableId, Optional<Table>> begun = new ConcurrentHashMap<>();
  private final IcebergVersions versions;

  private IcebergTableStore(
      SparkSession session, CatalogSettings settings, Folder folder, ZooVersion wanted) {
    this.session = session;
    this.settings = settings;
    this.folder = folder;
    this.versions = new IcebergVersions(this::find, wanted);
  }

  static IcebergTableStore open(SparkSession session, StorageConfig storage) {
    IcebergTableStore store = unchecked(session, storage);
    if (store.embedded()) {
      TableFolders tables = new TableFolders(store.folder);
      tables.requireNoneOfHadoop();
      if (!store.hasCatalog()) {
        tables.requireNoneWithoutCatalog();
      }
    }
    return store;
  }

  /** The same, of a warehouse that an older Gradzoo may have written. */
  static IcebergTableStore unchecked(SparkSession session, StorageConfig storage) {
    Folder folder = folder(session, storage);
    CatalogSettings settings = settings(session, storage, folder);
    return new IcebergTableStore(
        Sessions.withCatalog(session, settings), settings, folder, new ZooVersion.Newest());
  }

  /** Names the catalog for SQL on a session whose steps have not named one. */
  static void offer(SparkSession session, StorageConfig storage) {
    Sessions.offerCatalog(session, settings(session, storage, folder(session, storage)));
  }

  private static Folder folder(SparkSession session, StorageConfig storage) {
    return Folder.open(
        storage.warehouse(), session.sparkContext().hadoopConfiguration(), "warehouse");
  }

  private static CatalogSettings settings(
      SparkSession session, StorageConfig storage, Folder folder) {
    return CatalogSettings.of(
        Folder.shown(folder.path()), storage.catalog(), Sessions.catalogKeys(session));
  }

  /**
   * Takes the tables of a Hadoop catalog in the warehouse into the config's.
   *
   * @return the tables that were taken, and how many versions each has
   * @throws GradzooException exit code 2 if the config's catalog is Hadoop's itself, 3 if a table
   *     cannot be taken
   */
  static SortedMap<TableId, Integer> migrate(SparkSession session, StorageConfig storage) {
    IcebergTableStore store = unchecked(session, storage);
    if (store.settings.hadoop()) {
      throw GradzooException.usage(
          Fault.of("storage.catalog")
              .expected("the catalog to migrate to")
              .found("Hadoop's, to which the tables belong already")
              .fix("name another, or none for the embedded one"));
    }
    SortedMap<TableId, Integer> migrated = new TreeMap<>();
    for (TableId id : new TableFolders(store.folder).ofHadoop()) {
      store.folder.probe(id.zoo());
      migrated.put(id, new HadoopMigration(store.folder, store.catalog()).migrate(id));
    }
    return migrated;
  }

  @Override
  public SparkSession session() {
    return session;
  }

  @Override
  public void begin(TableId id) {
    folder.probe(id.zoo());
    begun.put(id, seen(id));
  }

  private Optional<Table> seen(TableId id) {
    return hasCatalog() ? find(id) : Optional.empty();
  }

  @Override
  public void requireReplaceable(TableId id, String code) {
    // Older versions stay as snapshots.
  }

  @Override
  public void write(String zoo, TableSchema schema, Dataset<Row> rows, TableProperties properties) {
    writeWhole(zoo, schema, rows, properties, List.of());
  }

  @Override
  public void writeWhole(
      String zoo,
      TableSchema schema,
      Dataset<Row> rows,
      TableProperties properties,
      List<TableSchema> parts) {
    TableId id = schema.in(zoo);
    Dataset<Row> arranged = SchemaRows.arranged(rows, schema);
    folder.prepareToWrite();
    try {
      Optional<Table> seen = begun.containsKey(id) ? begun.remove(id) : seen(id);
      IcebergNamespaces.create(catalog(), zoo);
      IcebergWrite write = new IcebergWrite(catalog(), identifier(id), seen);
      Map<String, String> stored = new TreeMap<>(WRITING);
      stored.putAll(FileSizes.iceberg());
      stored.putAll(properties.stored(schema));
      Map<String, String> summary = new TreeMap<>(properties.summary(schema));
      summary.putAll(versions.named(zoo, parts));
      versions.wrote(id, write.publish(arranged, stored, summary));
    } catch (ConcurrentWriteException e) {
      throw TableFailures.conflict(id, location(id), e);
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      throw unreachable(e).orElseGet(() -> TableFailures.writing(id, location(id), e));
    }
  }

  @Override
  public Dataset<Row> read(String zoo, TableSchema schema) {
    TableId id = schema.in(zoo);
    Table table = load(id);
    Snapshot snapshot =
        snapshot(id, table)
            .orElseThrow(
                () -> TableFailures.halfWritten(id, location(id), "one without a single version"));
    int version =
        StoredProperties.check(id, location(id), schema, properties(table, Optional.of(snapshot)));
    try {
      String query = "SELECT * FROM %s VERSION AS OF %d".formatted(name(id), snapshot.snapshotId());
      Dataset<Row> rows = SchemaRows.completed(session.sql(query), schema, version);
      Fault difference = SchemaRows.difference(schema.columns(), rows.schema());
      if (difference != null) {
        throw TableFailures.expected(id, location(id), difference.expected(), difference.found());
      }
      return rows;
    } catch (GradzooException e) {
      throw e;
    } catch (Exception e) {
      throw unreachable(e).orElseGet(() -> TableFailures.unreadable(id, location(id), e));
    }
  }

  @Override
  public boolean exists(TableId id) {
    return list().contains(id);
  }

  @Override
  public StoredTable describe(TableId id) {
    Table table = load(id);
    Optional<Snapshot> snapshot = snapshot(id, table);
    Map<String, String> properties = properties(table, snapshot);
    int version = StoredProperties.version(id, location(id), properties);
    return new StoredTable(
        id,
        version,
        snapshot.map(IcebergTableStore::rows).orElse(0L),
        snapshot.map(IcebergVersions::bytes).orElse(0L),
        Instant.ofEpochMilli(snapshot.map(Snapshot::timestampMillis).orElse(0L)),
        shown(table.location()),
        TableProperties.read(properties));
  }

  private static long rows(Snapshot snapshot) {
    return Long.parseLong(snapshot.summary().getOrDefault("total-records", "0"));
  }

  @Override
  public String version(TableId id) {
    return snapshot(id, load(id))
        .map(snapshot -> IcebergVersions.SNAPSHOT + snapshot.snapshotId())
        .orElse("no snapshot");
  }

  @Override
  public List<TableVersion> versions(TableId id) {
    Table table = load(id);
    return IcebergVersions.all(table).stream()
        .map(
            snapshot ->
                new TableVersion(
                    snapshot.snapshotId(),
                    Instant.ofEpochMilli(snapshot.timestampMillis()),
                    rows(snapshot),
                    IcebergVersions.bytes(snapshot),
                    TableProperties.read(properties(table, Optional.of(snapshot)))))
        .toList();
  }

  @Override
  public TableStore at(ZooVersion version) {
    return new IcebergTableStore(session, settings, folder, version);
  }

  @Override
  public List<Leftover> replaced(String zoo, Instant before, Set<Long> named, ExpiryRule rule) {
    load(MembersTable.SCHEMA.in(zoo));
    SortedMap<TableId, Table> tables = tables();
    ReplacedVersions replaced = new ReplacedVersions(session, before, tables, named);
    return tables.keySet().stream()
        .filter(id -> id.zoo().equals(zoo))
        .flatMap(id -> replaced.all(id, rule).stream())
        .toList();
  }

  private SortedMap<TableId, Table> tables() {
    SortedMap<TableId, Table> tables = new TreeMap<>();
    catalogued().forEach(id -> find(id).ifPresent(table -> tables.put(id, table)));
    return tables;
  }

  @Override
  public void verify(TableId id) {
    Table table = load(id);
    IcebergFiles.verify(id, table);
    List<String> files = new ArrayList<>();
    Optional<Snapshot> snapshot = snapshot(id, table);
    if (snapshot.isEmpty()) {
      return;
    }
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.get().snapshotId()).planFiles()) {
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
  public List<Leftover> leftovers(Instant before, Set<Long> named) {
    return new IcebergLitter(session, folder, before).find(tables(), named);
  }

  @Override
  public List<TableId> list() {
    return catalogued().stream().filter(versions::belongs).sorted().toList();
  }

  /** All tables of the catalog that have names of ours. */
  private List<TableId> catalogued() {
    List<TableId> tables = new ArrayList<>();
    if (!hasCatalog()) {
      return tables;
    }
    try {
      for (Namespace namespace : ((SupportsNamespaces) catalog()).listNamespaces()) {
        for (TableIdentifier table : catalog().listTables(namespace)) {
          if (namespace.length() == 1
              && TableId.valid(namespace.level(0))
              && TableId.valid(table.name())) {
            tables.add(new TableId(namespace.level(0), table.name()));
          }
        }
      }
    } catch (GradzooException e) {
      throw e;
    } catch (Exception e) {
      throw unreachable(e)
          .orElseGet(
              () ->
                  GradzooException.data(
                      Fault.of("warehouse")
                          .at(Folder.shown(folder.path()))
                          .found("cannot be read: " + TableFailures.reason(e)),
                      e));
    }
    return tables;
  }

  /** The version of a table that this store reads; empty if it has none. */
  private Optional<Snapshot> snapshot(TableId id, Table table) {
    Optional<Long> version = versions.choose(id, table);
    versions.require(id, location(id), version);
    Optional<Snapshot> snapshot = version.map(table::snapshot);
    if (version.isPresent() && snapshot.isEmpty()) {
      throw TableFailures.expected(
          id, location(id), "the version " + version.get(), "a table that has it no more");
    }
    return snapshot;
  }

  /**
   * What a version says of itself, which the table says too of its newest version, and of all that
   * an older Gradzoo wrote.
   */
  private static Map<String, String> properties(Table table, Optional<Snapshot> snapshot) {
    Map<String, String> properties = new TreeMap<>();
    snapshot.ifPresent(version -> properties.putAll(version.summary()));
    boolean newest = snapshot.isEmpty() || snapshot.get().equals(table.currentSnapshot());
    if (newest || !properties.containsKey(TableProperties.SCHEMA)) {
      table.properties().forEach(properties::putIfAbsent);
    }
    return properties;
  }

  private Optional<Table> find(TableId id) {
    try {
      Table table = catalog().loadTable(identifier(id));
      if (embedded()) {
        WarehouseLocation.require(folder, id, table.location());
      }
      return Optional.of(table);
    } catch (NoSuchTableException | NoSuchNamespaceException e) {
      return Optional.empty();
    } catch (GradzooException e) {
      throw e;
    } catch (NotFoundException e) {
      String message = String.valueOf(e.getMessage());
      throw embedded() && !message.contains(location(id))
          ? WarehouseLocation.moved(folder, id, message.replaceFirst("^[^/]*", ""))
          : TableFailures.unreadable(id, location(id), e);
    } catch (Exception e) {
      throw unreachable(e).orElseGet(() -> TableFailures.unreadable(id, location(id), e));
    }
  }

  private Table load(TableId id) {
    Optional<Table> table = seen(id);
    if (table.isEmpty() && folder.holds(id.zoo() + "/" + id.table())) {
      throw TableFailures.halfWritten(id, location(id), "a folder without Iceberg metadata");
    }
    return table
        .filter(present -> versions.belongs(id))
        .orElseThrow(() -> TableFailures.missing(id, location(id)));
  }

  /**
   * What to throw if the catalog is the reason: never the embedded one, which is a file, nor one
   * that may have taken a commit before it fell silent.
   */
  private Optional<RuntimeException> unreachable(Exception failure) {
    boolean known =
        Failures.cause(failure, GradzooException.class).isPresent()
            || failure instanceof CommitStateUnknownException;
    return known || embedded()
        ? Optional.empty()
        : CatalogFailures.unreachable(settings.address(), failure).map(e -> e);
  }

  private boolean embedded() {
    return settings.database().isPresent();
  }

  /** The embedded catalog is there from the first write on. */
  private boolean hasCatalog() {
    return settings.database().map(file -> file.toFile().length() > 0).orElse(true);
  }

  private Catalog catalog() {
    return Sessions.catalog(session);
  }

  private String shown(String location) {
    return Folder.shown(folder.files().makeQualified(new Path(location)));
  }

  private String location(TableId id) {
    return Folder.shown(folder.path()) + "/" + id.zoo() + "/" + id.table();
  }

  private static TableIdentifier identifier(TableId id) {
    return TableIdentifier.of(id.zoo(), id.table());
  }

  private static String name(TableId id) {
    return "`%s`.`%s`.`%s`".formatted(Sessions.CATALOG, id.zoo(), id.table());
  }
}
