package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.Sessions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/**
 * Plain folders of Parquet files, {@code DIR/<zoo>/members} and so on, that any tool can read, with
 * a {@link PlainManifest} beside the files. How a folder is replaced: {@link Publication}.
 */
final class PlainTableStore implements TableStore {
  private static final int SHORT_HASH = 16;

  private final SparkSession session;
  private final FileSystem files;
  private final Folder folder;
  private final Map<TableId, Optional<String>> begun = new ConcurrentHashMap<>();

  private PlainTableStore(SparkSession session, Folder folder) {
    this.session = session;
    this.files = folder.files();
    this.folder = folder;
  }

  static PlainTableStore open(SparkSession session, String directory) {
    Folder folder =
        Folder.open(directory, session.sparkContext().hadoopConfiguration(), "output folder");
    PlainTableStore store = new PlainTableStore(Sessions.withIntegrity(session), folder);
    store.sweep();
    return store;
  }

  @Override
  public SparkSession session() {
    return session;
  }

  @Override
  public void begin(TableId id) {
    requireNoWarehouse();
    folder.probe(id.zoo());
    begun.put(id, look(id));
  }

  @Override
  public void requireReplaceable(TableId id, String code) {
    if (complete(id) && !describe(id).properties().codeVersion().equals(code)) {
      throw GradzooException.data(
          Fault.of("write " + id)
              .at(Folder.shown(place(id)))
              .expected("rows of this code, since a plain table keeps no older version")
              .found("rows that other code made")
              .fix("--replace-other-code, or another --output"));
    }
  }

  @Override
  public void write(String zoo, TableSchema schema, Dataset<Row> rows, TableProperties properties) {
    TableId id = schema.in(zoo);
    Path place = place(id);
    Dataset<Row> arranged = SchemaRows.arranged(rows, schema);
    requireNoWarehouse();
    folder.prepareToWrite();
    begun.computeIfAbsent(id, this::look);
    Publication publication = Publication.of(files, place);
    try {
      writer(arranged, schema).parquet(publication.fresh().toString());
      PlainManifest.of(files, publication.fresh(), properties.stored(schema))
          .write(files, publication.fresh());
      publication.publish(begun.get(id));
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      publication.abandon();
      throw TableFailures.writing(id, Folder.shown(place), e);
    } finally {
      begun.remove(id);
    }
  }

  @Override
  public Dataset<Row> read(String zoo, TableSchema schema) {
    TableId id = schema.in(zoo);
    PlainManifest manifest = manifest(id);
    Path place = place(id);
    int version = StoredProperties.check(id, Folder.shown(place), schema, manifest.properties());
    List<String> paths = files(id, manifest);
    try {
      Dataset<Row> stored =
          session.read().option("__globPaths__", "false").parquet(paths.toArray(String[]::new));
      Dataset<Row> rows = SchemaRows.completed(stored, schema, version);
      Fault difference = SchemaRows.difference(schema.columns(), rows.schema());
      if (difference != null) {
        throw TableFailures.expected(
            id, Folder.shown(place), difference.expected(), difference.found());
      }
      return rows;
    } catch (GradzooException e) {
      throw e;
    } catch (Exception e) {
      throw TableFailures.unreadable(id, Folder.shown(place), e);
    }
  }

  @Override
  public boolean exists(TableId id) {
    try {
      return files.exists(standing(id));
    } catch (IOException e) {
      throw TableFailures.unreadable(id, Folder.shown(place(id)), e);
    }
  }

  private boolean complete(TableId id) {
    try {
      return PlainManifest.stands(files, standing(id));
    } catch (IOException e) {
      throw TableFailures.unreadable(id, Folder.shown(place(id)), e);
    }
  }

  @Override
  public StoredTable describe(TableId id) {
    PlainManifest manifest = manifest(id);
    String location = Folder.shown(place(id));
    return new StoredTable(
        id,
        StoredProperties.version(id, location, manifest.properties()),
        manifest.rows(),
        manifest.files().values().stream().mapToLong(Long::longValue).sum(),
        made(id),
        location,
        TableProperties.read(manifest.properties()));
  }

  private Instant made(TableId id) {
    try {
      FileStatus marker = files.getFileStatus(new Path(standing(id), PlainManifest.NAME));
      return Instant.ofEpochMilli(marker.getModificationTime());
    } catch (IOException e) {
      throw TableFailures.unreadable(id, Folder.shown(place(id)), e);
    }
  }

  @Override
  public String version(TableId id) {
    try {
      return "version "
          + Publication.version(files, place(id))
              .orElseThrow(() -> TableFailures.missing(id, Folder.shown(place(id))))
              .substring(0, SHORT_HASH);
    } catch (IOException e) {
      throw TableFailures.unreadable(id, Folder.shown(place(id)), e);
    }
  }

  @Override
  public List<TableVersion> versions(TableId id) {
    manifest(id);
    return List.of();
  }

  @Override
  public TableStore at(ZooVersion version) {
    if (version instanceof ZooVersion.Newest) {
      return this;
    }
    throw noVersions();
  }

  @Override
  public List<Leftover> replaced(String zoo, Instant before, Set<Long> named, ExpiryRule rule) {
    throw noVersions();
  }

  private GradzooException noVersions() {
    return GradzooException.usage(
        Fault.of("output folder")
            .at(Folder.shown(folder.path()))
            .expected("Iceberg tables, which keep snapshots")
            .found("plain Parquet folders, which keep only what stands there")
            .fix("leave out --output, or the snapshot"));
  }

  @Override
  public void verify(TableId id) {
    DataFiles.verify(id, files(id, manifest(id)), files.getConf());
  }

  @Override
  public Staging staging(String zoo, String job, String hash, String code) {
    folder.prepareToWrite();
    return Staging.open(session, folder, zoo, job, hash, code);
  }

  @Override
  public List<Leftover> leftovers(Instant before, Set<Long> named) {
    return FolderLitter.of(folder.files(), folder.path(), before);
  }

  @Override
  public void requirePlace() {
    if (!folder.exists()) {
      throw GradzooException.data(
          Fault.of("output folder")
              .at(Folder.shown(folder.path()))
              .expected("a folder of tables")
              .found("nothing there")
              .fix("correct --output, or make tables there with gradzoo zoo generate"));
    }
  }

  @Override
  public List<TableId> list() {
    List<TableId> tables = new ArrayList<>();
    for (Path zoo : folders(folder.path())) {
      for (Path table : folders(zoo)) {
        tables.add(new TableId(zoo.getName(), table.getName()));
      }
    }
    return tables.stream().sorted().toList();
  }

  /** zstd, and no dictionaries for floats, which hardly ever repeat. */
  private static DataFrameWriter<Row> writer(Dataset<Row> rows, TableSchema schema) {
    DataFrameWriter<Row> writer =
        rows.write()
            .option("compression", "zstd")
            .option("parquet.compression.codec.zstd.level", 3)
            .options(FileSizes.parquet());
    for (StructField field : schema.columns().fields()) {
      if (field.dataType() instanceof ArrayType) {
        String leaf = field.name() + ".list.element";
        writer = writer.option("parquet.enable.dictionary#" + leaf, false);
      }
    }
    return writer;
  }

  private PlainManifest manifest(TableId id) {
    Path place = place(id);
    try {
      place = standing(id);
      if (!files.exists(place)) {
        throw TableFailures.missing(id, Folder.shown(place));
      }
      if (!PlainManifest.stands(files, place)) {
        throw TableFailures.halfWritten(
            id, Folder.shown(place), "a folder without " + PlainManifest.NAME);
      }
      return PlainManifest.read(files, place);
    } catch (IOException e) {
      throw TableFailures.unreadable(id, Folder.shown(place), e);
    }
  }

  private List<String> files(TableId id, PlainManifest manifest) {
    try {
      Path standing = standing(id);
      List<String> paths = new ArrayList<>();
      manifest.files().forEach((name, size) -> paths.add(present(id, standing, name, size)));
      return paths;
    } catch (IOException e) {
      throw TableFailures.unreadable(id, Folder.shown(place(id)), e);
    }
  }

  private String present(TableId id, Path standing, String name, long size) {
    Path file = new Path(standing, name);
    if (!file.getName().equals(name)) {
      throw TableFailures.expected(
          id, Folder.shown(place(id)), "files of this folder in " + PlainManifest.NAME, name);
    }
    try {
      long found = files.exists(file) ? files.getFileStatus(file).getLen() : -1;
      if (found != size) {
        throw TableFailures.expected(
            id, Folder.shown(file), size + " bytes", found < 0 ? "no file" : found + " bytes");
      }
      return file.toString();
    } catch (IOException e) {
      throw TableFailures.unreadable(id, Folder.shown(file), e);
    }
  }

  /** What cannot be swept now, where this process may only read, waits for a writer. */
  private void sweep() {
    for (Path zoo : folders(folder.path())) {
      try {
        Publication.sweep(files, zoo);
      } catch (IOException e) {
        // Readers find the rows where they stand.
      }
    }
  }

  /** Plain tables among those of a catalog would be taken for the catalog's. */
  private void requireNoWarehouse() {
    for (Path zoo : folders(folder.path())) {
      for (Path table : folders(zoo)) {
        if (folder.holds(zoo.getName() + "/" + table.getName() + "/metadata")) {
          throw GradzooException.data(
              Fault.of("output folder")
                  .at(Folder.shown(folder.path()))
                  .expected("no Iceberg warehouse")
                  .found("one with " + Folder.shown(new Path(table, "metadata")))
                  .fix("choose another --output"));
        }
      }
    }
  }

  /** The version of a table that is to be replaced; nothing foreign stands there. */
  private Optional<String> look(TableId id) {
    try {
      files.mkdirs(place(id).getParent());
      Publication.sweep(files, place(id).getParent());
      OwnFolder.require(files, place(id));
      return Publication.version(files, place(id));
    } catch (IOException e) {
      throw TableFailures.writing(id, Folder.shown(place(id)), e);
    }
  }

  private Path standing(TableId id) throws IOException {
    return Publication.standing(files, place(id));
  }

  private List<Path> folders(Path parent) {
    List<Path> folders = new ArrayList<>();
    try {
      if (files.exists(parent)) {
        for (FileStatus status : files.listStatus(parent)) {
          if (status.isDirectory() && TableId.valid(status.getPath().getName())) {
            folders.add(status.getPath());
          }
        }
      }
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("output folder")
              .at(Folder.shown(parent))
              .found("cannot be read: " + TableFailures.reason(e)),
          e);
    }
    return folders;
  }

  private Path place(TableId id) {
    return new Path(folder.path(), id.zoo() + "/" + id.table());
  }
}
