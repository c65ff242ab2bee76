package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StagingTest {
  private static final StructType COLUMNS = StructType.fromDDL("id BIGINT");

  @TempDir Path folder;

  /** Opens a store in a folder. */
  interface Opener {
    TableStore open(String folder);
  }

  static Stream<Named<Opener>> stores() {
    return Stream.of(
        Named.of("iceberg", place -> TableStores.iceberg(SharedSession.get(), place)),
        Named.of("plain", place -> TableStores.plainParquet(SharedSession.get(), place)));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void batchesOutliveTheirWriterAndAreNoTables(Opener opener) {
    Staging first = opener.open(folder.toString()).staging("digits", "gradients", "abc", "01");
    first.add(rows(0, 3));
    first.add(rows(3, 5));
    first.close();

    TableStore store = opener.open(folder.toString());
    Staging again = store.staging("digits", "gradients", "abc", "01");
    again.add(rows(5, 6));

    assertThat(again.batches()).containsExactly("batch_00000", "batch_00001", "batch_00002");
    assertThat(again.rows(COLUMNS).count()).isEqualTo(6);
    assertThat(store.list()).isEmpty();
    again.delete();
    again.close();
    assertThat(folder.resolve("digits")).isEmptyDirectory();
    assertThat(again.rows(COLUMNS).count()).isZero();
  }

  @Test
  void batchesOfAnotherHashAreDeletedAndThoseOfAnotherJobAreNot() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    for (String job : List.of("gradients", "others")) {
      try (Staging staging = store.staging("digits", job, "abc", "01")) {
        staging.add(rows(0, 3));
      }
    }

    try (Staging staging = store.staging("digits", "gradients", "def", "01")) {
      assertThat(staging.batches()).isEmpty();
      assertThat(staging.discarded()).isEqualTo(1);
    }
    assertThat(batches(store, "others", "abc")).hasSize(1);
    assertThat(batches(store, "gradients", "abc")).isEmpty();
  }

  @Test
  void batchesOfOtherCodeWaitUntilTheRowsAreInTheTables() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    stage(store, "01", 2);

    try (Staging staging = store.staging("digits", "gradients", "abc", "02")) {
      assertThat(staging.batchesOfOtherCode()).isEqualTo(2);
      assertThat(staging.batches()).isEmpty();
    }
    try (Staging staging = store.staging("digits", "gradients", "abc", "01")) {
      assertThat(staging.batches()).hasSize(2);
    }
    try (Staging staging = store.staging("digits", "gradients", "abc", "02")) {
      staging.delete();
    }
    assertThat(folder.resolve("digits")).isEmptyDirectory();
  }

  @Test
  void batchesOfOtherCodeThatAreReusedAreNobodysOwn() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    stage(store, "01", 1);
    stage(store, "02", 2);
    String mixed;
    try (Staging staging = store.staging("digits", "gradients", "abc", "03")) {
      assertThat(staging.reuseOtherCode()).isTrue();
      staging.add(rows(6, 7));
      assertThat(staging.batches()).hasSize(3);
      assertThat(staging.rows(COLUMNS).count()).isEqualTo(7);
      mixed = staging.code();
    }

    assertThat(mixed).isNotIn("01", "02", "03");
    for (String code : List.of("02", "03")) {
      try (Staging staging = store.staging("digits", "gradients", "abc", code)) {
        assertThat(staging.batches()).isEmpty();
        assertThat(staging.batchesOfOtherCode()).isEqualTo(4);
      }
    }
  }

  @Test
  void ownBatchesComeBeforeThoseOfOtherCode() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    stage(store, "01", 3);
    stage(store, "02", 1);

    try (Staging staging = store.staging("digits", "gradients", "abc", "02")) {
      assertThat(staging.reuseOtherCode()).isFalse();
      assertThat(staging.batches()).hasSize(1);
      assertThat(staging.code()).isEqualTo("02");
    }
  }

  private static void stage(TableStore store, String code, int batches) {
    try (Staging staging = store.staging("digits", "gradients", "abc", code)) {
      for (int i = 0; i < batches; i++) {
        staging.add(rows(3L * i, 3L * i + 3));
      }
    }
  }

  @Test
  void whatADeadWriterLeftIsSweptAndNeverRead() throws IOException {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    Staging staging = store.staging("digits", "gradients", "abc", "01");
    staging.add(rows(0, 3));
    Path place = folder.resolve("digits/.gradients-abc-01");
    Path left = place.resolve(".batch_00001.new-" + Writer.self().host() + "-999999-1-1");
    Files.createDirectories(left);
    Files.copy(parquet(place.resolve("batch_00000")), left.resolve("part.parquet"));

    assertThat(staging.rows(COLUMNS).count()).isEqualTo(3);
    staging.close();
    assertThat(batches(store, "gradients", "abc")).hasSize(1);
    assertThat(left).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aSecondJobStopsWithOneLineAndLeavesTheFirstAlone(Opener opener) {
    Staging first = opener.open(folder.toString()).staging("digits", "gradients", "abc", "01");
    first.add(rows(0, 3));
    TableStore store = opener.open(folder.toString());

    for (String hash : List.of("abc", "def")) {
      GradzooException e =
          catchThrowableOfType(
              GradzooException.class, () -> store.staging("digits", "gradients", hash, "01"));

      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      assertThat(e.problems())
          .singleElement()
          .asString()
          .contains("digits: expected no other at work there, found process ")
          .contains(ProcessHandle.current().pid() + " of " + Writer.self().host())
          .containsPattern(
              "sign of life \\d+ seconds ago \\(fix: wait for it; if it is dead, delete ")
          .endsWith(locks()[0] + ")");
    }
    assertThat(locks()).hasSize(1);
    first.add(rows(3, 4));
    assertThat(first.rows(COLUMNS).count()).isEqualTo(4);
    first.close();
    assertThat(batches(store, "gradients", "abc")).hasSize(2);
    assertThat(locks()).isEmpty();
  }

  @Test
  void theLockOfADeadProcessIsTakenOver() throws IOException {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    Path zoo = Files.createDirectories(folder.resolve("digits"));
    Files.createFile(zoo.resolve(".gradients.lock-" + Writer.self().host() + "-999999-1-1"));

    assertThat(batches(store, "gradients", "abc")).isEmpty();
    assertThat(locks()).isEmpty();
  }

  private String[] locks() {
    return Stream.of(folder.resolve("digits").toFile().list())
        .filter(name -> name.startsWith(".gradients.lock"))
        .toArray(String[]::new);
  }

  private static List<String> batches(TableStore store, String job, String hash) {
    try (Staging staging = store.staging("digits", job, hash, "01")) {
      return staging.batches();
    }
  }

  private static Path parquet(Path batch) throws IOException {
    try (Stream<Path> files = Files.list(batch)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static Dataset<Row> rows(long from, long to) {
    return SharedSession.get().range(from, to).toDF();
  }
}
