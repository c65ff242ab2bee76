package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Staging first = opener.open(folder.toString()).staging("digits", "gradients", "abc");
    first.add(rows(0, 3));
    first.add(rows(3, 5));

    TableStore store = opener.open(folder.toString());
    Staging again = store.staging("digits", "gradients", "abc");
    again.add(rows(5, 6));

    assertThat(again.batches()).containsExactly("batch_00000", "batch_00001", "batch_00002");
    assertThat(again.rows(COLUMNS).count()).isEqualTo(6);
    assertThat(store.list()).isEmpty();
    again.delete();
    assertThat(folder.resolve("digits")).isEmptyDirectory();
    assertThat(again.rows(COLUMNS).count()).isZero();
  }

  @Test
  void batchesOfAnotherHashAreDeletedAndThoseOfAnotherJobAreNot() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    store.staging("digits", "gradients", "abc").add(rows(0, 3));
    store.staging("digits", "others", "abc").add(rows(0, 3));

    assertThat(store.staging("digits", "gradients", "def").batches()).isEmpty();
    assertThat(store.staging("digits", "others", "abc").batches()).hasSize(1);
    assertThat(store.staging("digits", "gradients", "abc").batches()).isEmpty();
  }

  @Test
  void whatADeadWriterLeftIsSweptAndNeverRead() throws IOException {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    Staging staging = store.staging("digits", "gradients", "abc");
    staging.add(rows(0, 3));
    Path place = folder.resolve("digits/.gradients-abc");
    Path left = place.resolve(".batch_00001.new-" + Publication.HOST + "-999999-1-1");
    Files.createDirectories(left);
    Files.copy(parquet(place.resolve("batch_00000")), left.resolve("part.parquet"));

    assertThat(staging.rows(COLUMNS).count()).isEqualTo(3);
    assertThat(store.staging("digits", "gradients", "abc").batches()).hasSize(1);
    assertThat(left).doesNotExist();
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
