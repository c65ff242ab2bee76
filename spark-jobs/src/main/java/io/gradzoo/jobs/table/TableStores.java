package io.gradzoo.jobs.table;

import io.gradzoo.jobs.GradzooException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;

/** Opens table stores. */
public final class TableStores {
  private TableStores() {}

  /**
   * Iceberg tables in the config's catalog.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the catalog's settings are wrong, 3 if
   *     something else stands in the warehouse's place or it must not be read
   */
  public static TableStore iceberg(SparkSession session, StorageConfig storage) {
    return IcebergTableStore.open(session, storage);
  }

  /**
   * Makes the tables of a config known to SQL on a session, as catalog {@code gradzoo}, before a
   * step has opened them. A session that steps or statements have used keeps its catalog.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the catalog's settings are wrong, 3 if
   *     something else stands in the warehouse's place
   */
  public static void offer(SparkSession session, StorageConfig storage) {
    IcebergTableStore.offer(session, storage);
  }

  /**
   * Iceberg tables as {@link #iceberg} has them, of a warehouse that may hold tables of an older
   * Gradzoo, which are not in the catalog yet.
   */
  public static TableStore beforeMigration(SparkSession session, StorageConfig storage) {
    return IcebergTableStore.unchecked(session, storage);
  }

  /**
   * Takes the tables that an older Gradzoo kept in the warehouse into the config's catalog, with
   * all their versions. Interrupted, it is started again.
   *
   * @return the tables that were taken, and how many versions each has
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the catalog's settings are wrong, 3 if
   *     a table cannot be taken
   */
  public static SortedMap<TableId, Integer> migrate(SparkSession session, StorageConfig storage) {
    return IcebergTableStore.migrate(session, storage);
  }

  /**
   * Iceberg tables in the embedded catalog.
   *
   * @param warehouse its folder; made at the first write
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else stands there or it must
   *     not be read
   */
  public static TableStore iceberg(SparkSession session, String warehouse) {
    return iceberg(session, StorageConfig.embedded(warehouse));
  }

  /** Whether a write failed because another command is at the same work, or was faster. */
  public static boolean lostToAnother(GradzooException failure) {
    return TableFailures.cause(failure, ConcurrentWriteException.class).isPresent();
  }

  /**
   * What dead commands left in another folder than a store's.
   *
   * @param before what was changed later is left alone
   */
  public static List<Leftover> leftovers(SparkSession session, String directory, Instant before) {
    Folder folder =
        Folder.open(directory, session.sparkContext().hadoopConfiguration(), "output folder");
    return FolderLitter.of(folder.files(), folder.path(), before);
  }

  /**
   * Plain folders of Parquet files. What an interrupted write left in them is put right first.
   *
   * @param directory parent of the zoos' folders; made at the first write
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else stands there or it must
   *     not be read
   */
  public static TableStore plainParquet(SparkSession session, String directory) {
    return PlainTableStore.open(session, directory);
  }
}
