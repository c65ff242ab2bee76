package io.gradzoo.jobs.table;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Where tables are kept. A write replaces the whole table at once: at any moment, whatever fails, a
 * reader sees the old rows or the new ones.
 *
 * <p>Failures are {@link io.gradzoo.jobs.GradzooException}s with exit code 3 that name the table's
 * folder or file and the fix.
 */
public interface TableStore {

  /** The session to make the rows with that are written here. */
  SparkSession session();

  /**
   * Says that a table is about to be made anew: proves, by writing, that it can be, before long
   * work. Should another command publish it before this store's next write to it, that write is
   * refused.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it cannot be written, or something
   *     stands there that this program did not write
   */
  void begin(TableId id);

  /**
   * Replaces a table that describes the rows of others, its parts, as this store wrote or reads
   * them last: whoever reads the new table reads those versions of its parts, and whoever still
   * reads the old one the old versions.
   *
   * @throws io.gradzoo.jobs.GradzooException as {@link #write}
   */
  default void writeWhole(
      String zoo,
      TableSchema schema,
      Dataset<Row> rows,
      TableProperties properties,
      List<TableSchema> parts) {
    write(zoo, schema, rows, properties);
  }

  /**
   * Refuses to replace rows that other code made, if they would be gone: a store that keeps older
   * versions refuses nothing.
   *
   * @param code identity of the code that would make the new rows
   * @throws io.gradzoo.jobs.GradzooException exit code 3
   */
  void requireReplaceable(TableId id, String code);

  /**
   * Replaces a table.
   *
   * @param rows with the schema's columns, in any order
   * @throws IllegalArgumentException if the columns are others
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if another command published the table
   *     since {@link #begin}, or it cannot be written
   */
  void write(String zoo, TableSchema schema, Dataset<Row> rows, TableProperties properties);

  /**
   * The rows of a table, in no particular order. A store reads one version of every table, whatever
   * others publish meanwhile, and sees what it writes itself.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it is missing, half-written, not
   *     Gradzoo's, or of a newer schema version
   */
  Dataset<Row> read(String zoo, TableSchema schema);

  /** Whether a table exists, readable or not. */
  boolean exists(TableId id);

  /** What is known about a table without reading its rows. */
  StoredTable describe(TableId id);

  /**
   * Which version of a table stands there, in words: the snapshot of an Iceberg table, the hash of
   * a plain table's marker. Another publication of the same rows has another version.
   */
  String version(TableId id);

  /**
   * The versions of a table that are kept, the oldest first; none of a store that keeps only what
   * stands there.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it is missing or unreadable
   */
  List<TableVersion> versions(TableId id);

  /**
   * The same tables, read as they were.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the store keeps no versions
   */
  TableStore at(ZooVersion version);

  /**
   * The versions of a zoo's tables that were replaced; what the rule keeps {@linkplain
   * Leftover#stays stays}.
   *
   * @param before what was replaced later is left out
   * @param named versions that others than gradient sets name
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the store keeps no versions, 3 if the
   *     zoo has no members or its tables cannot be read
   */
  List<Leftover> replaced(String zoo, Instant before, Set<Long> named, ExpiryRule rule);

  /**
   * Reads every page of a table's files and checks its sum.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3, naming the first damaged or missing file
   */
  void verify(TableId id);

  /**
   * Rows on their way into a zoo's tables. What the same job staged under other hashes is deleted.
   *
   * @param job a name of a-z
   * @param hash of everything but code that the rows depend on, hex
   * @param code identity of the code that makes them, hex
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if another is at the same job on the zoo
   */
  Staging staging(String zoo, String job, String hash, String code);

  /**
   * What no table and no living command needs.
   *
   * @param before what was written, or replaced, later is left alone
   * @param named versions of tables that others name, and that are needed therefore
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it cannot be read
   */
  List<Leftover> leftovers(Instant before, Set<Long> named);

  /** All tables, by name. */
  List<TableId> list();

  /**
   * Fails where a user named a place that is not there.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3
   */
  void requirePlace();
}
