package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.Sessions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  private final SparkSession session;
  private final FileSystem files;
  private final Folder folder;

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
  public void write(String zoo, TableSchema schema, Dataset<Row> rows, TableProperties properties) {
    TableId id = schema.in(zoo);
    Path place = place(id);
    Dataset<Row> arranged = Rows.arranged(rows, schema);
    folder.prepareToWrite();
    Publication publication = Publication.of(files, place);
    try {
      files.mkdirs(place.getParent());
      Publication.recover(files, place);
      writer(arranged, schema).parquet(publication.fresh().toString());
      PlainManifest.of(files, publication.fresh(), properties.stored(schema))
          .write(files, publication.fresh());
      publication.publish();
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      publication.abandon();
      throw TableFailures.writing(id, Folder.shown(place), e);
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
      Dataset<Row> rows = Rows.completed(stored, schema, version);
      Fault difference = Rows.difference(schema.columns(), rows.schema());
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
    return folder.holds(id.zoo() + "/" + id.table());
  }

  @Override
  public StoredTable describe(TableId id) {
    PlainManifest manifest = manifest(id);
    String location = Folder.shown(place(id));
    return new StoredTable(
        id,
        StoredProperties.version(id, location, manifest.properties()),
        manifest.rows(),
        location,
        TableProperties.read(manifest.properties()));
  }

  @Override
  public void verify(TableId id) {
    DataFiles.verify(id, files(id, manifest(id)), files.getConf());
  }

  @Override
  public Staging staging(String zoo, String job, String hash) {
    folder.prepareToWrite();
    return Staging.open(session, folder, zoo, job, hash);
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
            .option("parquet.compression.codec.zstd.level", 3);
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
      Publication.recover(files, place);
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
    List<String> paths = new ArrayList<>();
    manifest.files().forEach((name, size) -> paths.add(present(id, name, size)));
    return paths;
  }

  private String present(TableId id, String name, long size) {
    Path file = new Path(place(id), name);
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

  private void sweep() {
    try {
      for (Path zoo : folders(folder.path())) {
        Publication.sweep(files, zoo);
      }
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("output folder")
              .at(Folder.shown(folder.path()))
              .found("cannot be cleared of unfinished writes: " + TableFailures.reason(e)),
          e);
    }
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
