package io.gradzoo.jobs.table;

import static io.gradzoo.jobs.table.TableStoreTest.expected;
import static io.gradzoo.jobs.table.TableStoreTest.hidden;
import static io.gradzoo.jobs.table.TableStoreTest.problem;
import static io.gradzoo.jobs.table.TableStoreTest.sorted;
import static io.gradzoo.jobs.table.TableStoreTest.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain tables replace nothing but plain tables. */
class ForeignFilesTest {
  private static final TableId MEMBERS = MembersTable.SCHEMA.in("digits");

  @TempDir Path folder;

  @Test
  void aWarehouseIsNoPlaceForPlainTables() {
    TableStore iceberg = TableStores.iceberg(SharedSession.get(), folder.toString());
    write(iceberg, 10, 1);

    assertThat(problem(() -> plain().begin(MEMBERS)))
        .contains(
            "expected no Iceberg warehouse, found one with " + folder + "/digits/members/metadata");
    assertThat(problem(() -> plain().begin(MembersTable.SCHEMA.in("another"))))
        .contains("expected no Iceberg warehouse");
    assertThat(problem(() -> write(plain(), 5, 2))).contains("expected no Iceberg warehouse");
    assertThat(sorted(iceberg)).isEqualTo(expected(iceberg, 10, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", ".DS_Store", "extra.parquet", ".mine.crc", "_SUCCESS"})
  void aForeignFileIsNamedBeforeTheWorkAndStays(String name) throws IOException {
    write(plain(), 10, 1);
    Path own = Files.writeString(folder.resolve("digits/members").resolve(name), "mine");

    assertThat(problem(() -> plain().begin(MEMBERS)))
        .contains(own + ": expected nothing but what gradzoo wrote there");
    assertThat(problem(() -> write(plain(), 5, 2))).contains(own.toString());
    assertThat(own).hasContent("mine");
    assertThat(sorted(plain())).isEqualTo(expected(plain(), 10, 1));
    assertThat(hidden(folder.resolve("digits"))).isEmpty();
  }

  @Test
  void filesBesideTheTablesAreLeftAlone() throws IOException {
    Path beside = Files.createDirectories(folder.resolve("digits")).resolve("notes.txt");
    Files.writeString(beside, "mine");

    write(plain(), 10, 1);
    write(plain(), 5, 2);

    assertThat(beside).hasContent("mine");
    assertThat(sorted(plain())).isEqualTo(expected(plain(), 5, 2));
  }

  @Test
  void aLinkIsNeverWrittenThrough() throws IOException {
    write(plain(), 10, 1);
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(folder.resolve("digits/members"), elsewhere);
    Files.createSymbolicLink(folder.resolve("digits/members"), elsewhere);

    assertThat(problem(() -> write(plain(), 5, 2))).contains("found a symbolic link");
    assertThat(sorted(plain())).isEqualTo(expected(plain(), 10, 1));
  }

  @Test
  void theSecondOfTwoWritersIsRefused() throws IOException {
    write(plain(), 3, 1);
    TableStore first = plain();
    TableStore second = plain();
    first.begin(MEMBERS);
    second.begin(MEMBERS);
    write(first, 10, 7);

    assertThat(problem(() -> write(second, 10, 8)))
        .contains("another command published there meanwhile");
    assertThat(sorted(plain())).isEqualTo(expected(first, 10, 7));
    assertThat(hidden(folder.resolve("digits"))).isEmpty();
    write(second, 10, 8);
    assertThat(sorted(plain())).isEqualTo(expected(first, 10, 8));
  }

  @Test
  void aFullDiskIsSeenBeforeTheWork() throws IOException {
    FaultyFileSystem.install(SharedSession.get());
    TableStore store =
        TableStores.plainParquet(SharedSession.get(), FaultyFileSystem.SCHEME + "://" + folder);
    write(store, 10, 1);

    FaultyFileSystem.fill();
    try {
      assertThat(problem(() -> store.begin(MEMBERS)))
          .contains("digits: cannot be written: No space left on device");
    } finally {
      FaultyFileSystem.repair();
    }

    assertThat(hidden(folder.resolve("digits"))).isEmpty();
    assertThat(sorted(store)).isEqualTo(expected(store, 10, 1));
  }

  private TableStore plain() {
    return TableStores.plainParquet(SharedSession.get(), folder.toString());
  }
}
