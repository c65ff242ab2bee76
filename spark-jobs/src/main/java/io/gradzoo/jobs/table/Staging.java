package io.gradzoo.jobs.table;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.code.CodeVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
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
 * .gradients-HASH-CODE/batch_00000} and so on. A batch is there whole or not at all, and survives
 * the death of whoever wrote it: an interrupted job finds what it has done. While a staging is open
 * no other of the same zoo and job can be opened, with whatever hash.
 *
 * <p>Batches of the same hash that other code staged wait beside it until these rows are in the
 * tables; or they are taken over, and then the staging has a code version that is neither's.
 */
public final class Staging implements AutoCloseable {
  private static final String BATCH = "batch_";

  private final SparkSession session;
  private final FileSystem files;
  private final Path parent;
  private final String job;
  private final String hash;
  private String code;
  private int discarded;
  private StagingLock lock;

  private Staging(
      SparkSession session, FileSystem files, Path parent, String job, String hash, String code) {
    this.session = session;
    this.files = files;
    this.parent = parent;
    this.job = job;
    this.hash = hash;
    this.code = code;
  }

  /**
   * Opens the staging of a job, and deletes those of the same job with other hashes.
   *
   * @param hash of everything but code that the rows depend on
   * @param code identity of the code that makes them
   * @throws GradzooException exit code 3 if a living process has one of the zoo and job open
   */
  static Staging open(
      SparkSession session, Folder folder, String zoo, String job, String hash, String code) {
    Path parent = new Path(folder.path(), zoo);
    Staging staging = new Staging(session, folder.files(), parent, job, hash, code);
    staging.during(
        "opened",
        () -> staging.lock = StagingLock.take(folder.files(), parent, job, job + " of " + zoo));
    try {
      staging.during("opened", () -> staging.clear());
    } catch (RuntimeException e) {
      staging.close();
      throw e;
    }
    return staging;
  }

  /** Identity of the code that its rows depend on. */
  public String code() {
    return code;
  }

  /** How many complete batches of other hashes were deleted when it was opened. */
  public int discarded() {
    return discarded;
  }

  /** How many complete batches of the same hash other code has staged. */
  public int batchesOfOtherCode() {
    return others().stream().mapToInt(other -> batches(other).size()).sum();
  }

  /**
   * Goes on with the batches of other code, of whichever has most; with none, if there are some of
   * this code.
   *
   * @return whether it does
   */
  public boolean reuseOtherCode() {
    Path most =
        others().stream()
            .max(Comparator.comparingInt((Path other) -> batches(other).size()))
            .orElse(null);
    if (most == null || !batches().isEmpty()) {
      return false;
    }
    String begun = most.getName().substring(prefix().length());
    during("cleared", () -> OwnFolder.deleteUnfinished(files, place()));
    code = CodeVersion.mixed(begun, code);
    during("renamed", () -> Publication.move(files, most, place()));
    return true;
  }

  /** The batches that are complete, in the order of their names. */
  public List<String> batches() {
    return batches(place());
  }

  private List<String> batches(Path folder) {
    List<String> names = new ArrayList<>();
    during(
        "read",
        () -> {
          if (files.exists(folder)) {
            for (FileStatus status : files.listStatus(folder)) {
              if (status.getPath().getName().startsWith(BATCH)) {
                names.add(status.getPath().getName());
              }
            }
          }
        });
    return names.stream().sorted().toList();
  }

  /** Folders of the same hash that other code has put batches into, by name. */
  private List<Path> others() {
    List<Path> others = new ArrayList<>();
    during(
        "read",
        () -> {
          for (FileStatus status : files.listStatus(parent)) {
            Path path = status.getPath();
            if (path.getName().startsWith(prefix())
                && !path.equals(place())
                && !batches(path).isEmpty()) {
              others.add(path);
            }
          }
        });
    return others.stream().sorted().toList();
  }

  private String prefix() {
    return "." + job + "-" + hash + "-";
  }

  private Path place() {
    return new Path(parent, prefix() + code);
  }

  /** Adds a batch, at once. */
  public void add(Dataset<Row> rows) {
    List<String> present = batches();
    int number =
        present.isEmpty()
            ? 0
            : Integer.parseInt(present.get(present.size() - 1).substring(BATCH.length())) + 1;
    String name = String.format(Locale.ROOT, BATCH + "%05d", number);
    Publication publication = Publication.of(files, new Path(place(), name));
    try {
      files.mkdirs(place());
      rows.write()
          .option("compression", "snappy")
          .option("parquet.enable.dictionary", false)
          .parquet(publication.fresh().toString());
      lock.requireHeld();
      publication.publish();
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      publication.abandon();
      throw TableFailures.staging(Folder.shown(place()), "written", e);
    }
  }

  /** The rows of all complete batches. */
  public Dataset<Row> rows(StructType columns) {
    String[] paths =
        batches().stream().map(name -> new Path(place(), name).toString()).toArray(String[]::new);
    return paths.length == 0
        ? session.createDataFrame(List.of(), columns)
        : session.read().option("__globPaths__", "false").schema(columns).parquet(paths);
  }

  /**
   * Deletes all batches, of other code too, unless another has taken over: their rows are in the
   * tables.
   */
  public void delete() {
    during(
        "deleted",
        () -> {
          if (!lock.held()) {
            return;
          }
          OwnFolder.deleteUnfinished(files, place());
          for (Path other : others()) {
            OwnFolder.deleteUnfinished(files, other);
          }
        });
  }

  /** Lets others open it; complete batches stay. */
  @Override
  public void close() {
    during("closed", lock::release);
  }

  /** What dead writers left, and what other configs staged. */
  private void clear() throws IOException {
    for (FileStatus status : files.listStatus(parent)) {
      Path path = status.getPath();
      if (path.getName().startsWith(prefix())) {
        Publication.sweep(files, path);
      } else if (path.getName().startsWith("." + job + "-")) {
        discarded += batches(path).size();
        OwnFolder.deleteUnfinished(files, path);
      }
    }
  }

  private void during(String verb, FileWork work) {
    try {
      work.run();
    } catch (IOException e) {
      throw TableFailures.staging(Folder.shown(place()), verb, e);
    }
  }
}
