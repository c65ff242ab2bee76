package io.gradzoo.jobs.table;

import static io.gradzoo.jobs.table.TableStoreTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.session.EmbeddedCatalog;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table and those that describe its rows are one thing to readers of a catalog. */
class PartPublicationTest {
  private static final TableId SETS = GradientSetsTable.SCHEMA.in("digits");
  private static final TableId MOMENTS = LayerMomentsTable.SCHEMA.in("digits");

  private static final TableId TUNED = FineTunedTable.SCHEMA.in("digits");
  private static final TableId MEMBERS = MembersTable.SCHEMA.in("digits");

  private static final int MOST_CALLS = 5000;

  @TempDir Path folder;

  @Test
  void setsAreReadWithThePartsTheyWerePublishedWith() {
    TableStore writer = open(folder);
    publishSets(writer, 2);

    TableStore half = open(folder);
    write(half, LayerMomentsTable.SCHEMA, 5, List.of());

    TableStore reader = open(folder);
    assertThat(reader.read("digits", LayerMomentsTable.SCHEMA).count()).isEqualTo(2);
    assertThat(reader.describe(MOMENTS).properties().configHash()).isEqualTo("2");
    assertThat(reader.describe(MOMENTS).rows()).isEqualTo(2);
    publishSets(open(folder), 3);
    assertThat(reader.read("digits", LayerMomentsTable.SCHEMA).count()).isEqualTo(2);
    assertThat(open(folder).read("digits", LayerMomentsTable.SCHEMA).count()).isEqualTo(3);
  }

  @Test
  void aPartThatNewSetsDoNotHaveIsNotTheirs() {
    write(open(folder), LayerLowRankTable.SCHEMA, 1, List.of());
    publishSets(open(folder), 2);

    TableStore reader = open(folder);

    assertThat(reader.exists(LayerLowRankTable.SCHEMA.in("digits"))).isFalse();
    assertThat(problem(() -> reader.read("digits", LayerLowRankTable.SCHEMA)))
        .contains("expected a table, found nothing");
  }

  @Test
  void whatMembersWereMadeOfAppearsWithThemOrNotAtAll() {
    TableStore dying = open(folder);
    write(dying, FineTunedTable.SCHEMA, 2, List.of());

    TableStore between = open(folder);
    assertThat(between.exists(TUNED)).isFalse();
    assertThat(between.list()).isEmpty();
    assertThat(problem(() -> between.read("digits", FineTunedTable.SCHEMA)))
        .contains("expected a table, found nothing");

    write(dying, MembersTable.SCHEMA, 2, List.of(FineTunedTable.SCHEMA));
    write(open(folder), FineTunedTable.SCHEMA, 3, List.of());
    TableStore reader = open(folder);
    assertThat(reader.list()).containsExactly(TUNED, MEMBERS);
    assertThat(reader.read("digits", FineTunedTable.SCHEMA).count()).isEqualTo(2);
    assertThat(reader.describe(TUNED).properties().configHash()).isEqualTo("2");
  }

  @Test
  void membersOfAnotherOriginHaveNoneOfIt() {
    write(open(folder), FineTunedTable.SCHEMA, 2, List.of());
    write(open(folder), MembersTable.SCHEMA, 2, List.of());

    assertThat(open(folder).exists(TUNED)).isFalse();
  }

  @Test
  void whatStandingMembersNameStays() {
    TableStore store = open(folder);
    write(store, FineTunedTable.SCHEMA, 1, List.of());
    write(store, MembersTable.SCHEMA, 1, List.of(FineTunedTable.SCHEMA));
    write(store, FineTunedTable.SCHEMA, 2, List.of());
    write(store, MembersTable.SCHEMA, 2, List.of(FineTunedTable.SCHEMA));
    write(open(folder), FineTunedTable.SCHEMA, 3, List.of());

    Instant later = Instant.now().plus(Duration.ofHours(1));
    open(folder).leftovers(later, Set.of()).forEach(Leftover::remove);

    assertThat(open(folder).versions(MEMBERS)).hasSize(1);
    assertThat(open(folder).read("digits", FineTunedTable.SCHEMA).count()).isEqualTo(2);
    assertThat(open(folder).versions(TUNED)).hasSize(2);
  }

  @Test
  void whereAPublicationDiesTheOldSetIsReadOrTheNewOne() {
    publishAndDie(11);
  }

  @Test
  @Tag("slow")
  void whereverAPublicationDiesTheOldSetIsReadOrTheNewOne() {
    publishAndDie(1);
  }

  /** Dies at every so manieth call of the file system, until a publication lives to its end. */
  private void publishAndDie(int step) {
    FaultyFileSystem.install(SharedSession.get());
    publishSets(onFaultyFiles(), 1);
    long old = 1;
    int rows = 1;
    boolean died = true;
    for (int calls = 0; died; calls += step) {
      assertThat(calls).as("calls of one publication").isLessThan(MOST_CALLS);
      int next = ++rows;
      FaultyFileSystem.dieAfter(calls);
      died = dies(() -> publishSets(onFaultyFiles(), next));
      FaultyFileSystem.repair();
      TableStore reader = onFaultyFiles();
      long found = reader.read("digits", GradientSetsTable.SCHEMA).count();
      assertThat(found).as("after %d calls", calls).isIn(old, (long) rows);
      assertThat(reader.read("digits", LayerMomentsTable.SCHEMA).count()).isEqualTo(found);
      assertThat(reader.describe(SETS).properties().configHash()).isEqualTo("" + found);
      assertThat(reader.describe(MOMENTS).properties().configHash()).isEqualTo("" + found);
      old = found;
    }

    assertThat(old).isEqualTo(rows);
    assertThat(rows).as("publications").isGreaterThan(5);
  }

  private static boolean dies(Runnable work) {
    try {
      work.run();
      return false;
    } catch (RuntimeException | WatchedFileSystem.Death e) {
      return true;
    }
  }

  /** Tables there; the catalog's database is on files without faults. */
  private TableStore onFaultyFiles() {
    Map<String, String> catalog =
        Map.of(
            "catalog-impl",
            EmbeddedCatalog.class.getName(),
            "uri",
            "jdbc:sqlite:" + folder.resolve("db"));
    return TableStores.iceberg(
        SharedSession.get(),
        new StorageConfig(
            FaultyFileSystem.SCHEME + "://" + folder, new TreeMap<>(catalog), "runs", "reports"));
  }

  /** Sets of so many rows, with moments of as many. */
  private static void publishSets(TableStore store, int rows) {
    write(store, LayerMomentsTable.SCHEMA, rows, List.of());
    write(store, GradientSetsTable.SCHEMA, rows, List.of(LayerMomentsTable.SCHEMA));
  }

  /** A table of so many rows, whose properties tell how many. */
  private static void write(
      TableStore store, TableSchema schema, int rows, List<TableSchema> parts) {
    store.writeWhole(
        "digits",
        schema,
        empty(store, schema, rows),
        TableProperties.of(Integer.toString(rows)),
        parts);
  }

  /** So many rows of which every cell is null. */
  private static Dataset<Row> empty(TableStore store, TableSchema schema, int rows) {
    String[] cells =
        Arrays.stream(schema.columns().fields())
            .map(field -> "CAST(NULL AS %s) AS %s".formatted(field.dataType().sql(), field.name()))
            .toArray(String[]::new);
    return store.session().range(rows).selectExpr(cells);
  }

  private static TableStore open(Path warehouse) {
    return TableStores.iceberg(SharedSession.get(), warehouse.toString());
  }
}
