package io.gradzoo.jobs.table;

import static io.gradzoo.jobs.table.TableStoreTest.expected;
import static io.gradzoo.jobs.table.TableStoreTest.problem;
import static io.gradzoo.jobs.table.TableStoreTest.sorted;
import static io.gradzoo.jobs.table.TableStoreTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.CatalogSettings;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Iceberg's catalog is to the tables: which one it is, and that no commit is lost in it. */
class CatalogTest {
  private static final TableId MEMBERS = MembersTable.SCHEMA.in("digits");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"w", "with space", "Gewichte ä 網", "odd 100% #1"})
  void theEmbeddedCatalogIsAFileInTheWarehouse(String name) {
    TableStore store = open(folder.resolve(name));

    write(store, 3, 1);

    assertThat(folder.resolve(name).resolve("catalog.sqlite")).isRegularFile();
    assertThat(sorted(open(folder.resolve(name)))).isEqualTo(expected(store, 3, 1));
  }

  @Test
  void readingMakesNoCatalog() {
    assertThat(open(folder.resolve("none")).list()).isEmpty();
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void theSecondToPublishGetsAConflictAndTheFirstStays() {
    write(open(folder), 2, 0);
    TableStore first = open(folder);
    TableStore second = open(folder);
    first.begin(MEMBERS);
    second.begin(MEMBERS);

    write(first, 5, 1);

    assertThat(problem(() -> write(second, 7, 2)))
        .contains("digits/members: expected the table as it was when this command began")
        .contains("another command published it meanwhile")
        .contains("(fix: the same command again makes it anew)");
    assertThat(sorted(open(folder))).isEqualTo(expected(first, 5, 1));
    second.begin(MEMBERS);
    write(second, 7, 2);
    assertThat(sorted(open(folder))).isEqualTo(expected(first, 7, 2));
    assertThat(history(second)).hasSize(3);
  }

  @Test
  void ofTwoWhoMakeTheFirstTableOneGetsAConflict() {
    TableStore first = open(folder);
    TableStore second = open(folder);
    first.begin(MEMBERS);
    second.begin(MEMBERS);

    write(first, 5, 1);

    assertThat(problem(() -> write(second, 7, 2))).contains("another command published it");
    assertThat(sorted(open(folder))).isEqualTo(expected(first, 5, 1));
  }

  @Test
  void aConflictLeavesNoDataFiles() throws Exception {
    TableStore first = open(folder);
    TableStore second = open(folder);
    first.begin(MEMBERS);
    second.begin(MEMBERS);
    write(first, 5, 1);
    long before = dataFiles();

    problem(() -> write(second, 7, 2));

    assertThat(dataFiles()).isEqualTo(before);
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everySuccessOfTwoWritersIsInTheHistory() throws Exception {
    AtomicInteger successes = new AtomicInteger();
    List<Throwable> others = new ArrayList<>();
    Runnable writer =
        () -> {
          for (int i = 0; i < 10; i++) {
            TableStore store = open(folder);
            try {
              store.begin(MEMBERS);
              write(store, 1, i);
              successes.incrementAndGet();
            } catch (GradzooException e) {
              if (!e.getMessage().contains("another command published it")) {
                others.add(e);
              }
            } catch (RuntimeException e) {
              others.add(e);
            }
          }
        };
    Thread one = new Thread(writer);
    Thread two = new Thread(writer);
    one.start();
    two.start();
    one.join();
    two.join();

    assertThat(others).isEmpty();
    assertThat(successes.get()).isBetween(10, 20);
    assertThat(history(open(folder))).hasSize(successes.get());
  }

  @Test
  void aStoreReadsOneVersionOfATable() {
    write(open(folder), 5, 1);
    TableStore reader = open(folder);
    List<String> before = sorted(reader);

    write(open(folder), 7, 2);

    assertThat(sorted(reader)).isEqualTo(before);
    assertThat(sorted(open(folder))).isEqualTo(expected(reader, 7, 2));
  }

  @Test
  void anotherCatalogOfIcebergsMayBeNamed() {
    StorageConfig storage =
        storage(
            Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + folder.resolve("elsewhere"),
                "warehouse",
                folder.resolve("tables").toString()));

    write(TableStores.iceberg(SharedSession.get(), storage), 3, 1);

    assertThat(folder.resolve("elsewhere")).isRegularFile();
    assertThat(folder.resolve("tables/digits/members/metadata")).isDirectory();
    assertThat(folder.resolve("w/catalog.sqlite")).doesNotExist();
    TableStore again = TableStores.iceberg(SharedSession.get(), storage);
    assertThat(sorted(again)).isEqualTo(expected(again, 3, 1));
  }

  @Test
  @Timeout(30)
  void damagedMetadataInAnotherCatalogAreNamedAtOnce() throws IOException {
    StorageConfig storage =
        storage(Map.of("type", "jdbc", "uri", "jdbc:sqlite:" + folder.resolve("elsewhere")));
    write(TableStores.iceberg(SharedSession.get(), storage), 3, 1);
    Path metadata = newestMetadata(folder.resolve("w/digits/members/metadata"));
    byte[] whole = Files.readAllBytes(metadata);
    Files.write(metadata, Arrays.copyOf(whole, whole.length / 2));

    TableStore store = TableStores.iceberg(SharedSession.get(), storage);

    assertThat(problem(() -> store.read("digits", MembersTable.SCHEMA)))
        .contains("read digits.members", metadata.getFileName().toString());
  }

  @Test
  void aCatalogWhoseClassIsMissingIsNamed() {
    StorageConfig storage = storage(Map.of("catalog-impl", "org.example.NoCatalog"));

    assertThat(usage(() -> TableStores.iceberg(SharedSession.get(), storage).list()))
        .contains("org.example.NoCatalog", "--conf spark.jars.packages=");
  }

  @Test
  void anUnknownTypeOfCatalogIsNamed() {
    StorageConfig storage = storage(Map.of("type", "nosuch"));

    assertThat(usage(() -> TableStores.iceberg(SharedSession.get(), storage).list()))
        .contains("storage.catalog", "nosuch");
  }

  @Test
  void sparksKeysAndTheConfigMustAgree() {
    String warehouse = folder.toString();
    Map<String, String> rest = Map.of("type", "rest", "uri", "http://a");

    assertThat(CatalogSettings.of(warehouse, rest, Map.of()).properties())
        .isEqualTo(CatalogSettings.of(warehouse, Map.of(), rest).properties())
        .containsAllEntriesOf(rest);
    assertThat(usage(() -> CatalogSettings.of(warehouse, rest, Map.of("type", "hive"))))
        .contains("spark.sql.catalog.gradzoo.type", "\"rest\"", "\"hive\"");
    assertThat(usage(() -> CatalogSettings.of(warehouse, Map.of(), Map.of("warehouse", "/other"))))
        .contains("spark.sql.catalog.gradzoo.warehouse", "/other");
    assertThat(usage(() -> CatalogSettings.of(warehouse, Map.of("uri", "http://a"), Map.of())))
        .contains("expected type or catalog-impl beside uri");
    assertThat(usage(() -> CatalogSettings.of("hdfs://a/b", Map.of(), Map.of())))
        .contains("hdfs://a/b", "the embedded one needs a local folder");
    assertThat(
            usage(
                () ->
                    CatalogSettings.of(
                        warehouse,
                        Map.of("type", "rest", "credential", "hidden-1"),
                        Map.of("credential", "hidden-2"))))
        .doesNotContain("hidden");
  }

  @Test
  void aHadoopWarehouseIsNamedWithTheCommandThatTakesItOver() {
    write(TableStores.iceberg(SharedSession.get(), hadoop()), 3, 1);

    assertThat(problem(() -> open(folder.resolve("w"))))
        .contains("found 1 of a Hadoop catalog", "digits.members first", "gradzoo storage migrate");
  }

  @Test
  void aWarehouseThatWasMovedIsRefused() throws IOException {
    write(open(folder.resolve("w")), 3, 1);
    Files.move(folder.resolve("w"), folder.resolve("moved"));

    TableStore store = open(folder.resolve("moved"));

    assertThat(problem(() -> sorted(store)))
        .contains("warehouse: " + folder.resolve("moved"))
        .contains("digits.members of " + folder.resolve("w/digits/members"))
        .contains("(fix: move the folder back");
    assertThat(problem(() -> write(store, 5, 2))).contains("it was moved or copied");
  }

  @Test
  void aCopyOfAWarehouseNeverTouchesTheOriginal() throws IOException {
    write(open(folder.resolve("w")), 3, 1);
    List<String> before = sorted(open(folder.resolve("w")));
    copyFolder(folder.resolve("w"), folder.resolve("copy"));

    TableStore copy = open(folder.resolve("copy"));

    assertThat(problem(() -> sorted(copy))).contains("it was moved or copied");
    assertThat(problem(() -> copy.begin(MEMBERS))).contains("it was moved or copied");
    assertThat(problem(() -> write(copy, 5, 2))).contains("it was moved or copied");
    assertThat(sorted(open(folder.resolve("w")))).isEqualTo(before);
  }

  @Test
  void aWarehouseMayBeReachedByALink() throws IOException {
    write(open(folder.resolve("w")), 3, 1);
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("w"));
    TableStore linked = open(folder.resolve("link"));

    assertThat(sorted(linked)).isEqualTo(sorted(open(folder.resolve("w"))));
    write(linked, 5, 2);
    assertThat(sorted(open(folder.resolve("w")))).hasSize(5);
  }

  @Test
  void tablesWithoutTheirCatalogAreNeitherReadNorReplaced() throws IOException {
    write(open(folder), 3, 1);
    Files.delete(folder.resolve("catalog.sqlite"));

    assertThat(problem(() -> open(folder)))
        .contains("expected catalog.sqlite beside its tables, found none, but files of digits");
  }

  @Test
  void aDamagedCatalogIsNamed() throws IOException {
    write(open(folder), 3, 1);
    Files.writeString(folder.resolve("catalog.sqlite"), "no database ".repeat(1000));

    assertThat(problem(() -> sorted(open(folder)))).contains("catalog", "not a database");
  }

  @Test
  void aServerIsWaitedForOnlySoLong() {
    Map<String, String> rest = Map.of("type", "rest", "uri", "http://u:HUSH@a");
    String key = "rest.client.socket-timeout-ms";
    Map<String, String> patient = Map.of("type", "rest", "uri", "http://a", key, "7");
    CatalogSettings settings = CatalogSettings.of("/w", rest, Map.of());

    assertThat(settings.properties())
        .containsEntry("rest.client.connection-timeout-ms", "10000")
        .containsEntry(key, "60000");
    assertThat(settings.address()).startsWith("http://").endsWith("@a").doesNotContain("HUSH");
    assertThat(CatalogSettings.of("/w", patient, Map.of()).properties()).containsEntry(key, "7");
    assertThat(CatalogSettings.of("/w", Map.of("type", "hive"), Map.of()).properties())
        .containsEntry("hadoop.hive.metastore.client.socket.timeout", "20s");
  }

  private static Path newestMetadata(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".metadata.json"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static List<Snapshot> history(TableStore store) {
    Table table =
        io.gradzoo.jobs.session.Sessions.catalog(store.session())
            .loadTable(TableIdentifier.of("digits", "members"));
    List<Snapshot> snapshots = new ArrayList<>();
    table.snapshots().forEach(snapshots::add);
    return snapshots;
  }

  private long dataFiles() throws IOException {
    try (var files = Files.list(folder.resolve("digits/members/data"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private StorageConfig hadoop() {
    return storage(Map.of("type", "hadoop"));
  }

  private StorageConfig storage(Map<String, String> catalog) {
    return new StorageConfig(
        folder.resolve("w").toString(), new TreeMap<>(catalog), "runs", "reports");
  }

  private static TableStore open(Path warehouse) {
    return TableStores.iceberg(SharedSession.get(), warehouse.toString());
  }

  private static String usage(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    GradzooException e = catchThrowableOfType(GradzooException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    return e.getMessage();
  }
}
