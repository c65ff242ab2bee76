package io.gradzoo.jobs.table;

import static io.gradzoo.jobs.table.TableStoreTest.expected;
import static io.gradzoo.jobs.table.TableStoreTest.hidden;
import static io.gradzoo.jobs.table.TableStoreTest.problem;
import static io.gradzoo.jobs.table.TableStoreTest.sorted;
import static io.gradzoo.jobs.table.TableStoreTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to readers when files are damaged, missing, or left behind by a dead writer. */
class TableDamageTest {
  private static final String DEAD = "-" + host() + "-1999999999-5-1";

  @TempDir Path folder;

  static Stream<Named<Function<String, TableStore>>> stores() {
    return TableStoreTest.stores();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aFlippedByteIsDetectedAndTheFileNamed(Function<String, TableStore> opener)
      throws IOException {
    TableStore store = opener.apply(folder.toString());
    write(store, 200, 1);
    Path file = dataFile();
    flipByte(file, (int) (Files.size(file) / 3));

    Throwable failure = catchThrowable(() -> sorted(store));

    assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.DATA);
    assertThat(Failures.faults(failure))
        .singleElement()
        .asString()
        .contains(file.getFileName().toString());
  }

  /** Without Hadoop's own checksum files, as after a copy by other tools. */
  @ParameterizedTest
  @MethodSource("stores")
  void aFlippedByteIsDetectedByParquetAlone(Function<String, TableStore> opener)
      throws IOException {
    TableStore store = opener.apply(folder.toString());
    write(store, 200, 1);
    for (Path sum : files(".crc")) {
      Files.delete(sum);
    }
    Path file = dataFile();
    flipByte(file, (int) (Files.size(file) / 3));

    Throwable failure = catchThrowable(() -> sorted(store));

    assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.DATA);
    assertThat(Failures.faults(failure)).singleElement().asString().contains("page integrity");
    assertThat(problem(() -> store.verify(MembersTable.SCHEMA.in("digits"))))
        .contains(file + ": cannot be read: could not verify page integrity");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aMissingFileIsNamed(Function<String, TableStore> opener) throws IOException {
    TableStore store = opener.apply(folder.toString());
    write(store, 200, 1);
    Path file = dataFile();
    Files.delete(file);

    Throwable failure = catchThrowable(() -> sorted(store));

    assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.DATA);
    assertThat(Failures.faults(failure))
        .singleElement()
        .asString()
        .contains(file.getFileName().toString());
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aSoundTableVerifies(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    write(store, 20, 1);

    assertThatCode(() -> store.verify(MembersTable.SCHEMA.in("digits"))).doesNotThrowAnyException();
  }

  @Test
  void aShortenedFileIsNamedWithItsSizes() throws IOException {
    TableStore store = plain();
    write(store, 200, 1);
    Path file = dataFile();
    long size = Files.size(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) size - 12));

    assertThat(problem(() -> sorted(store)))
        .contains(file + ": expected " + size + " bytes, found " + (size - 12) + " bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"rows\": 1}", "{\"x\": 1}"})
  void aDamagedManifestIsNamed(String text) throws IOException {
    TableStore store = plain();
    write(store, 3, 1);
    Files.deleteIfExists(folder.resolve("digits/members/._gradzoo.json.crc"));
    Files.writeString(folder.resolve("digits/members/_gradzoo.json"), text);

    assertThat(problem(() -> sorted(store))).contains("_gradzoo.json");
  }

  @Test
  void aManifestCannotPointOutOfItsFolder() throws IOException {
    TableStore store = plain();
    write(store, 3, 1);
    Path manifest = folder.resolve("digits/members/_gradzoo.json");
    Files.deleteIfExists(folder.resolve("digits/members/._gradzoo.json.crc"));
    String text = Files.readString(manifest).replaceFirst("\"part-", "\"../../part-");
    Files.writeString(manifest, text);

    assertThat(problem(() -> sorted(store)))
        .contains("expected files of this folder in _gradzoo.json, found ../../part-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]"})
  void damagedIcebergMetadataIsNamed(String text) throws IOException {
    TableStore store = TableStores.iceberg(SharedSession.get(), folder.toString());
    write(store, 3, 1);
    for (Path metadata : files(".metadata.json")) {
      Files.writeString(metadata, text);
      Files.deleteIfExists(metadata.resolveSibling("." + metadata.getFileName() + ".crc"));
    }

    assertThat(problem(() -> sorted(store)))
        .startsWith("read digits.members: " + folder + "/digits/members: cannot be read: ");
  }

  @Test
  void whatADeadWriterLeftIsSwept() throws IOException {
    write(plain(), 10, 1);
    Path half = folder.resolve("digits/.members.new" + DEAD);
    Files.createDirectories(half);
    Files.writeString(half.resolve("part-0.parquet"), "PAR1");
    Files.createDirectories(folder.resolve("digits/.members.new-elsewhere-1-1-1"));

    TableStore store = plain();

    assertThat(hidden(folder.resolve("digits"))).containsExactly(".members.new-elsewhere-1-1-1");
    assertThat(sorted(store)).isEqualTo(expected(store, 10, 1));
  }

  @Test
  void aReplacementThatDiedBetweenItsMovesIsFinished() throws IOException {
    write(plain(), 10, 1);
    Files.move(folder.resolve("digits/members"), folder.resolve("digits/.members.old" + DEAD));
    write(TableStores.plainParquet(SharedSession.get(), folder.resolve("2").toString()), 5, 2);
    Files.move(folder.resolve("2/digits/members"), folder.resolve("digits/.members.new" + DEAD));

    TableStore store = plain();

    assertThat(sorted(store)).isEqualTo(expected(store, 5, 2));
    assertThat(hidden(folder.resolve("digits"))).isEmpty();
  }

  @Test
  void aReplacementThatDiedWithoutItsNewRowsIsTakenBack() throws IOException {
    TableStore before = plain();
    write(before, 10, 1);
    Files.move(folder.resolve("digits/members"), folder.resolve("digits/.members.old" + DEAD));
    Files.createDirectories(folder.resolve("digits/.members.new" + DEAD));

    assertThat(sorted(before)).isEqualTo(expected(before, 10, 1));
    assertThat(sorted(plain())).isEqualTo(expected(before, 10, 1));
    assertThat(hidden(folder.resolve("digits"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iceberg", "plain"})
  void aFullDiskLeavesTheOldRows(String kind) {
    FaultyFileSystem.install(SharedSession.get());
    String where = FaultyFileSystem.SCHEME + "://" + folder;
    TableStore store =
        kind.equals("plain")
            ? TableStores.plainParquet(SharedSession.get(), where)
            : onFaultyFiles(where);
    write(store, 10, 1);
    List<String> before = sorted(store);

    FaultyFileSystem.fill();
    try {
      assertThat(problem(() -> write(store, 20, 2)))
          .startsWith("write digits.members: faulty:" + folder)
          .contains("No space left on device (the table that stood there is untouched)");
    } finally {
      FaultyFileSystem.repair();
    }

    assertThat(sorted(store)).isEqualTo(before);
  }

  @Test
  void failingRenamesLeaveTheOldRows() {
    FaultyFileSystem.install(SharedSession.get());
    TableStore store =
        TableStores.plainParquet(SharedSession.get(), FaultyFileSystem.SCHEME + "://" + folder);
    write(store, 10, 1);
    List<String> before = sorted(store);

    FaultyFileSystem.refuseRenames();
    try {
      assertThatThrownBy(() -> write(store, 20, 2)).isInstanceOf(RuntimeException.class);
    } finally {
      FaultyFileSystem.repair();
    }

    assertThat(sorted(store)).isEqualTo(before);
  }

  @Test
  void theCatalogPublishesWithoutRenames() {
    FaultyFileSystem.install(SharedSession.get());
    TableStore store = onFaultyFiles(FaultyFileSystem.SCHEME + "://" + folder);
    FaultyFileSystem.refuseRenames();
    try {
      write(store, 10, 1);
      write(store, 20, 2);
    } finally {
      FaultyFileSystem.repair();
    }

    assertThat(sorted(store)).isEqualTo(expected(store, 20, 2));
  }

  /** Iceberg's tables there; the catalog's database is on files without faults. */
  private TableStore onFaultyFiles(String where) {
    SortedMap<String, String> catalog =
        new TreeMap<>(Map.of("type", "jdbc", "uri", "jdbc:sqlite:" + folder.resolve("db")));
    return TableStores.iceberg(
        SharedSession.get(), new StorageConfig(where, catalog, "runs", "reports"));
  }

  private TableStore plain() {
    return TableStores.plainParquet(SharedSession.get(), folder.toString());
  }

  private Path dataFile() throws IOException {
    return files(".parquet").get(0);
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.getFileName().toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void flipByte(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x10;
    Files.write(file, bytes);
  }

  private static String host() {
    return Writer.self().host();
  }
}
