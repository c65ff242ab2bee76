package io.gradzoo.jobs.table;

import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rows on their way into a zoo's tables: batches in a hidden folder beside the tables, {@code
 * .gradients-HASH/batch_00000} and so on. A batch is there whole or not at all, and survives the
 * death of whoever wrote it: an interrupted job finds what it has done. While a staging is open no
 * other of the same zoo and job can be opened, with whatever hash.
 */
public final class Staging implements AutoCloseable {
  private static final String BATCH = "batch_";

  private final SparkSession session;
  private final FileSystem files;
  private final Path place;
  private StagingLock lock;

  private Staging(SparkSession session, FileSystem files, Path place) {
    this.session = session;
    this.files = files;
    this.place = place;
  }

  /**
   * Opens the staging of a job, and deletes those of the same job with other hashes.
   *
   * @param hash of everything that the rows depend on
   * @throws GradzooException exit code 3 if a living process has one of the zoo and job open
   */
  static Staging open(SparkSession session, Folder folder, String zoo, String job, String hash) {
    Path parent = new Path(folder.path(), zoo);
    Staging staging =
        new Staging(session, folder.files(), new Path(parent, "." + job + "-" + hash));
    staging.during("opened", () -> staging.lock = StagingLock.take(folder.files(), parent, job));
    try {
      staging.during("opened", () -> staging.clear(parent, "." + job + "-"));
    } catch (RuntimeException e) {
      staging.close();
      throw e;
    }
    return staging;
  }

  /** The batches that are complete, in the order of their names. */
  public List<String> batches() {
    List<String> names = new ArrayList<>();
    during(
        "read",
        () -> {
          if (files.exists(place)) {
            for (FileStatus status : files.listStatus(place)) {
              if (status.getPath().getName().startsWith(BATCH)) {
                names.add(status.getPath().getName());
              }
            }
          }
        });
    return names.stream().sorted().toList();
  }

  /** Adds a batch, at once. */
  public void add(Dataset<Row> rows) {
    List<String> present = batches();
    int number =
        present.isEmpty()
            ? 0
            : Integer.parseInt(present.get(present.size() - 1).substring(BATCH.length())) + 1;
    String name = String.format(Locale.ROOT, BATCH + "%05d", number);
    Publication publication = Publication.of(files, new Path(place, name));
    try {
      files.mkdirs(place);
      rows.write()
          .option("compression", "snappy")
          .option("parquet.enable.dictionary", false)
          .parquet(publication.fresh().toString());
      publication.publish();
      lock.renew();
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      publication.abandon();
      throw TableFailures.staging(Folder.shown(place), "written", e);
    }
  }

  /** The rows of all complete batches. */
  public Dataset<Row> rows(StructType columns) {
    String[] paths =
        batches().stream().map(name -> new Path(place, name).toString()).toArray(String[]::new);
    return paths.length == 0
        ? session.createDataFrame(List.of(), columns)
        : session.read().option("__globPaths__", "false").schema(columns).parquet(paths);
  }

  /** Deletes all batches: their rows are in the tables. */
  public void delete() {
    during("deleted", () -> OwnFolder.deleteUnfinished(files, place));
  }

  /** Lets others open it; complete batches stay. */
  @Override
  public void close() {
    during("closed", lock::release);
  }

  /** What dead writers left, and what other configs staged. */
  private void clear(Path parent, String prefix) throws IOException {
    if (!files.exists(parent)) {
      return;
    }
    for (FileStatus status : files.listStatus(parent)) {
      if (status.getPath().getName().startsWith(prefix) && !status.getPath().equals(place)) {
        OwnFolder.deleteUnfinished(files, status.getPath());
      }
    }
    if (files.exists(place)) {
      Publication.sweep(files, place);
    }
  }

  private void during(String verb, FileWork work) {
    try {
      work.run();
    } catch (IOException e) {
      throw TableFailures.staging(Folder.shown(place), verb, e);
    }
  }

  /** Work on files. */
  private interface FileWork {
    void run() throws IOException;
  }
}
