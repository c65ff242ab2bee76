package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.session.EmbeddedCatalog;
import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  private static final String ZOO = "digits";
  private static final TableId MEMBERS = MembersTable.SCHEMA.in(ZOO);
  private static final TableIdentifier MEMBERS_IN_ICEBERG = TableIdentifier.of(ZOO, "members");
  private static final String NAME = "00000-7-0c5e1b0e-97d5-4a3c-8f0e-3f1c2d7a9b10-0-00001.parquet";

  /** Everything that a test writes is older. */
  private final Instant before = Instant.now().plus(Duration.ofHours(1));

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private TableStore store;

  @BeforeEach
  void open() {
    store = TableStores.iceberg(SharedSession.get(), folder.toString());
  }

  @Test
  void aStoreWithoutLitterHasNone() {
    write(MembersTable.SCHEMA, "one");

    assertThat(store.leftovers(before, Set.of())).isEmpty();
  }

  @Test
  void replacedVersionsGoAndTheStandingOneStays() {
    write(MembersTable.SCHEMA, "one");
    write(MembersTable.SCHEMA, "two");
    write(MembersTable.SCHEMA, "three");

    assertThat(store.leftovers(Instant.now().minus(Duration.ofDays(1)), Set.of())).isEmpty();
    List<Leftover> found = store.leftovers(before, Set.of());
    assertThat(found).hasSize(2).allMatch(each -> each.kind().contains("of digits.members, made"));
    assertThat(versions(MembersTable.SCHEMA)).hasSize(3);
    found.forEach(Leftover::remove);

    assertThat(versions(MembersTable.SCHEMA)).hasSize(1);
    assertThat(hash()).isEqualTo("three");
    assertThat(store.leftovers(before, Set.of())).isEmpty();
  }

  @Test
  void versionsThatARunNamesStay() {
    write(MembersTable.SCHEMA, "one");
    long named = versions(MembersTable.SCHEMA).get(0);
    write(MembersTable.SCHEMA, "two");
    write(MembersTable.SCHEMA, "three");

    store.leftovers(before, Set.of(named)).forEach(Leftover::remove);

    assertThat(versions(MembersTable.SCHEMA)).hasSize(2).contains(named);
  }

  @Test
  void versionsThatGradientSetsNameStayAsLongAsTheSets() {
    writeSets("one");
    List<Long> first = versions(LayerMomentsTable.SCHEMA);
    write(LayerMomentsTable.SCHEMA, "not part of sets");

    assertThat(store.leftovers(before, Set.of())).isEmpty();

    writeSets("two");
    store.leftovers(before, Set.of()).forEach(Leftover::remove);
    assertThat(versions(LayerMomentsTable.SCHEMA)).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(versions(GradientSetsTable.SCHEMA)).hasSize(1);
    assertThat(reopened().read(ZOO, LayerMomentsTable.SCHEMA).count()).isZero();
  }

  @Test
  void filesOfNoVersionGoAndTheUsersStay() throws IOException {
    write(MembersTable.SCHEMA, "one");
    Path data = Files.createDirectories(folder.resolve("digits/members/data"));
    Path orphan = Files.writeString(data.resolve(NAME), "rows");
    Path note = Files.writeString(data.resolve("note.txt"), "mine");
    Path elsewhere = Files.createDirectories(folder.resolve("digits/members/mine"));
    Path copy = Files.writeString(elsewhere.resolve(NAME), "mine");

    List<Leftover> found = store.leftovers(before, Set.of());
    assertThat(found)
        .singleElement()
        .hasToString(
            folder.resolve("digits/members") + ": 1 files of no version of digits.members");
    assertThat(found.get(0).bytes()).isEqualTo(4);
    found.get(0).remove();

    assertThat(orphan).doesNotExist();
    assertThat(note).exists();
    assertThat(copy).exists();
    store.verify(MEMBERS);
  }

  @Test
  void filesOfAnotherCatalogsTableInTheSameFolderStay() throws IOException {
    writeSamples(store, "one");
    writeSamples(another(), "other");
    Path orphan = Files.writeString(folder.resolve("digits/members/data").resolve(NAME), "rows");

    for (TableStore each : List.of(store, another())) {
      List<Leftover> found = each.leftovers(before, Set.of());
      found.forEach(Leftover::remove);

      assertThat(found).singleElement().matches(Leftover::stays);
      assertThat(found.get(0).toString())
          .contains(
              "digits.members stay: metadata/00000-", "another catalog may have a table here");
      each.verify(MEMBERS);
    }
    assertThat(orphan).exists();
    assertThat(hash()).isEqualTo("one");
    assertThat(another().describe(MEMBERS).properties().configHash()).isEqualTo("other");
  }

  @Test
  void filesOfATableThatAnotherCatalogWentOnWithStay() {
    writeSamples(store, "one");
    BaseTable table = (BaseTable) catalog(store).loadTable(MEMBERS_IN_ICEBERG);
    IcebergNamespaces.create(catalog(another()), ZOO);
    catalog(another())
        .registerTable(MEMBERS_IN_ICEBERG, table.operations().current().metadataFileLocation());
    writeSamples(another(), "other");

    List<Leftover> found = store.leftovers(before, Set.of());
    found.forEach(Leftover::remove);

    assertThat(found).singleElement().matches(Leftover::stays);
    another().verify(MEMBERS);
  }

  @Test
  void filesOfATableThatWasNeverPublishedGo() throws IOException {
    write(MembersTable.SCHEMA, "one");
    Path data = Files.createDirectories(folder.resolve("other/members/data"));
    Path orphan = Files.writeString(data.resolve(NAME), "rows");
    Path foreign = Files.writeString(data.resolve("rows.parquet"), "mine");

    List<Leftover> found = store.leftovers(before, Set.of());
    found.forEach(Leftover::remove);

    assertThat(found)
        .singleElement()
        .hasToString(
            folder.resolve("other/members")
                + ": 1 files of other.members, which was never published");
    assertThat(orphan).doesNotExist();
    assertThat(foreign).exists();
  }

  @Test
  void whatDeadCommandsLeftInAFolderGoesAndWhatALivingOneNeedsStays() throws IOException {
    for (TableStore any :
        List.of(store, TableStores.plainParquet(SharedSession.get(), folder + "/plain"))) {
      try (Staging staging = any.staging("left", "gradients", "abc", "01")) {
        staging.add(SharedSession.get().range(3).toDF());
      }
    }
    Path left = folder.resolve("left");
    String host = Writer.self().host();
    Path lock = Files.createFile(left.resolve(".gradients.lock-" + host + "-999999999-1-1"));
    Path probe =
        Files.write(
            left.resolve(".gradzoo-probe-0c5e1b0e-97d5-4a3c-8f0e-3f1c2d7a9b10"), new byte[9]);
    Path foreign = Files.createDirectories(left.resolve(".cache-01/part-1"));
    Staging living = store.staging("living", "gradients", "abc", "01");
    living.add(SharedSession.get().range(3).toDF());

    TableStore plain = TableStores.plainParquet(SharedSession.get(), folder + "/plain");
    plain.leftovers(before, Set.of()).forEach(Leftover::remove);
    assertThat(folder.resolve("plain/left")).isEmptyDirectory();
    List<Leftover> found = store.leftovers(before, Set.of());
    found.forEach(Leftover::remove);

    assertThat(found).hasSize(3);
    assertThat(lock).doesNotExist();
    assertThat(probe).doesNotExist();
    assertThat(left.resolve(".gradients-abc-01")).doesNotExist();
    assertThat(foreign).exists();
    assertThat(living.batches()).hasSize(1);
    living.close();
  }

  /** Another catalog of the same warehouse. */
  private TableStore another() {
    Map<String, String> catalog =
        Map.of(
            "catalog-impl",
            EmbeddedCatalog.class.getName(),
            "jdbc.schema-version",
            "V1",
            "uri",
            "jdbc:sqlite:" + elsewhere.resolve("other.sqlite"));
    return TableStores.iceberg(
        SharedSession.get(),
        new StorageConfig(folder.toString(), new TreeMap<>(catalog), "runs", "reports"));
  }

  private static Catalog catalog(TableStore store) {
    return Sessions.catalog(store.session());
  }

  private static void writeSamples(TableStore store, String hash) {
    Dataset<Row> rows = SampleRows.members(SharedSession.get(), 3, hash.length());
    store.write(ZOO, MembersTable.SCHEMA, rows, TableProperties.of(hash));
  }

  private TableStore reopened() {
    return TableStores.iceberg(SharedSession.get(), folder.toString());
  }

  private String hash() {
    return reopened().describe(MEMBERS).properties().configHash();
  }

  private void writeSets(String hash) {
    write(LayerMomentsTable.SCHEMA, hash);
    store.writeWhole(
        ZOO,
        GradientSetsTable.SCHEMA,
        rows(GradientSetsTable.SCHEMA),
        TableProperties.of(hash),
        List.of(LayerMomentsTable.SCHEMA));
  }

  private void write(TableSchema schema, String hash) {
    store.write(ZOO, schema, rows(schema), TableProperties.of(hash));
  }

  private static Dataset<Row> rows(TableSchema schema) {
    return SharedSession.get().createDataFrame(List.of(), schema.columns());
  }

  private List<Long> versions(TableSchema schema) {
    String table = "gradzoo.%s.%s.snapshots".formatted(ZOO, schema.name());
    return Stream.of(reopened().session().table(table).select("snapshot_id").collectAsList())
        .flatMap(List::stream)
        .map(row -> row.getLong(0))
        .toList();
  }
}
