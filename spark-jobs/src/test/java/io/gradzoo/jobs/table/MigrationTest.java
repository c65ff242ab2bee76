package io.gradzoo.jobs.table;

import static io.gradzoo.jobs.table.TableStoreTest.problem;
import static io.gradzoo.jobs.table.TableStoreTest.sorted;
import static io.gradzoo.jobs.table.TableStoreTest.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopTables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A warehouse of Iceberg's Hadoop catalog, as older builds kept it, becomes one of the embedded.
 */
class MigrationTest {
  private static final TableId MEMBERS = MembersTable.SCHEMA.in("digits");

  @TempDir Path folder;

  /** Rows of each version, by its id. */
  private SortedMap<Long, List<String>> versions;

  private List<String> newest;

  @BeforeAll
  static void home() {
    System.setProperty("gradzoo.home", "..");
  }

  @BeforeEach
  void writeAsOlderBuildsDid() {
    for (int version = 1; version <= 3; version++) {
      write(older(), version, version);
    }
    newest = sorted(older());
    versions = versions(older());
    assertThat(versions).hasSize(3);
  }

  @Test
  void everyVersionIsReadableInTheCatalog() {
    Outcome first = migrate();
    Outcome second = migrate();

    assertThat(first.out()).containsExactly("digits.members: 3 versions in the catalog");
    assertThat(second.out()).containsExactly("storage migrate: nothing to migrate");
    assertThat(sorted(now())).isEqualTo(newest);
    assertThat(versions(now())).isEqualTo(versions);
  }

  @Test
  void olderBuildsFindNothingAfterwards() {
    migrate();

    assertThat(new HadoopTables(new Configuration()).exists(folder + "/digits/members")).isFalse();
  }

  @Test
  void theNextVersionIsPublishedInTheCatalog() {
    migrate();

    write(now(), 7, 4);

    assertThat(sorted(now())).hasSize(7);
    assertThat(versions(now())).hasSize(4).containsAllEntriesOf(versions);
  }

  @Test
  void aMigrationThatDiedAnywhereIsFinishedByTheNext() throws IOException {
    Path saved = folder.resolveSibling(folder.getFileName() + "-saved");
    Path metadata = folder.resolve("digits/members/metadata");
    copy(metadata, saved);
    boolean died = true;
    int calls = 0;
    while (died) {
      restore(saved, metadata);
      died = diesAt(calls++);
      if (died) {
        migrate();
      }
      assertThat(sorted(now())).as("dead at call %d", calls).isEqualTo(newest);
    }
    assertThat(versions(now())).isEqualTo(versions);
    assertThat(calls).isGreaterThan(10);
  }

  @Test
  void anotherTableOfThatNameStaysAsItIs() throws IOException {
    Path metadata = folder.resolve("digits/members/metadata");
    Path saved = folder.resolve("saved");
    copy(metadata, saved);
    migrate();
    TableStore other = now();
    write(other, 9, 5);
    Table again = Sessions.catalog(other.session()).loadTable(name());
    again.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    try (Stream<Path> files = Files.list(saved)) {
      for (Path file : files.toList()) {
        Path old = metadata.resolve(file.getFileName());
        if (!Files.exists(old)) {
          Files.copy(file, old);
        }
      }
    }

    assertThat(problem(() -> TableStores.migrate(SharedSession.get(), embedded())))
        .contains("migrate digits.members")
        .contains("expected no other table of that name in the catalog");
    assertThat(new HadoopTables(new Configuration()).exists(folder + "/digits/members")).isTrue();
  }

  @Test
  void theHadoopCatalogItselfIsNoPlaceToMigrateTo() {
    Outcome.of(
            "storage",
            "migrate",
            "--set",
            "storage.warehouse=" + folder,
            "--set",
            "storage.catalog.type=hadoop")
        .refused(2, "storage.catalog: expected the catalog to migrate to");
  }

  private Outcome migrate() {
    return Outcome.of("storage", "migrate", "--set", "storage.warehouse=" + folder).ok();
  }

  /** Whether a migration that dies at a call of the file system has died. */
  private boolean diesAt(int calls) throws IOException {
    IcebergTableStore store = IcebergTableStore.unchecked(SharedSession.get(), embedded());
    Folder dying =
        new Folder(
            new DyingFileSystem(calls),
            new org.apache.hadoop.fs.Path("file:" + folder),
            "warehouse");
    try {
      new HadoopMigration(dying, Sessions.catalog(store.session())).migrate(MEMBERS);
      return false;
    } catch (WatchedFileSystem.Death e) {
      return true;
    }
  }

  private void restore(Path saved, Path metadata) throws IOException {
    Files.deleteIfExists(folder.resolve("catalog.sqlite"));
    try (Stream<Path> files = Files.list(metadata)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    copy(saved, metadata);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private SortedMap<Long, List<String>> versions(TableStore store) {
    SortedMap<Long, List<String>> rows = new TreeMap<>();
    BaseTable table = (BaseTable) Sessions.catalog(store.session()).loadTable(name());
    for (Snapshot snapshot : table.snapshots()) {
      rows.put(
          snapshot.snapshotId(),
          SampleRows.digests(
              store
                  .session()
                  .sql(
                      "SELECT * FROM gradzoo.digits.members VERSION AS OF "
                          + snapshot.snapshotId())));
    }
    return rows;
  }

  private static TableIdentifier name() {
    return TableIdentifier.of("digits", "members");
  }

  private TableStore older() {
    StorageConfig hadoop =
        new StorageConfig(
            folder.toString(), new TreeMap<>(Map.of("type", "hadoop")), "runs", "reports");
    return TableStores.iceberg(SharedSession.get(), hadoop);
  }

  private StorageConfig embedded() {
    return StorageConfig.embedded(folder.toString());
  }

  private TableStore now() {
    return TableStores.iceberg(SharedSession.get(), folder.toString());
  }
}
