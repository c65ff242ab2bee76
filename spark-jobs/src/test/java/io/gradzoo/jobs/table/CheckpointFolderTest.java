package io.gradzoo.jobs.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on a file system: each appears whole or not at all, whatever fails. */
class CheckpointFolderTest {
  private static final String COMMAND = "train scalegmn";

  @TempDir Path runs;

  @Test
  void theNewestTwoAreKept() throws IOException {
    try (CheckpointFolder folder = open()) {
      for (int round : new int[] {1, 2, 9, 10, 999_999, 1_000_000}) {
        write(folder, round);
      }

      assertThat(folder.names())
          .containsExactly("round-1000000.safetensors", "round-999999.safetensors");
      assertThat(folder.read(folder.names().get(0))).asString().isEqualTo("round 1000000");
    }
  }

  @Test
  void oneThatStandsThereIsReplaced() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 3);
      folder.write(3, out -> out.write("again".getBytes(UTF_8)));

      assertThat(folder.read("round-000003.safetensors")).asString().isEqualTo("again");
    }
  }

  @Test
  void nothingIsLeftOfATrainingThatIsOver() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 1);
      write(folder, 2);
      folder.delete();
    }

    assertThat(names(runs)).isEmpty();
  }

  @Test
  void aFileOfTheUsersStays() throws IOException {
    Path own = checkpoints().resolve("notes.txt");
    try (CheckpointFolder folder = open()) {
      write(folder, 1);
      Files.writeString(own, "mine");
      assertThat(folder.names()).containsExactly("round-000001.safetensors");
      folder.delete();
    }

    assertThat(own).hasContent("mine");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aLinkInItsPlaceIsRefused() throws IOException {
    Path elsewhere = Files.createDirectories(runs.resolve("elsewhere"));
    Files.createSymbolicLink(checkpoints(), elsewhere);

    assertThat(TableStoreTest.problem(this::open)).contains("a symbolic link stands there");
    assertThat(names(elsewhere)).isEmpty();
  }

  @Test
  void aSecondTrainingIsRefusedWhileTheFirstLives() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 1);

      assertThat(TableStoreTest.problem(this::open))
          .contains(COMMAND + ": " + checkpoints() + ": expected no other at work there")
          .contains("found process " + ProcessHandle.current().pid());
      assertThat(folder.names()).hasSize(1);
    }
    try (CheckpointFolder next = open()) {
      assertThat(next.names()).hasSize(1);
    }
  }

  @Test
  void aProcessThatDiesAtAnyCallLeavesTheOldCheckpointOrTheNewOne() throws IOException {
    boolean died = true;
    int news = 0;
    int calls = 0;
    for (; died; calls++) {
      try (CheckpointFolder folder = open()) {
        folder.delete();
        write(folder, 1);
        write(folder, 2);
      }

      died = dies(calls);

      try (CheckpointFolder folder = open()) {
        List<String> names = folder.names();
        assertThat(names).as("after death at call %d", calls).hasSizeBetween(2, 3);
        for (String name : names) {
          String round = name.replaceAll("\\D", "").replaceFirst("^0+", "");
          assertThat(folder.read(name)).asString().isEqualTo("round " + round);
        }
        news += names.get(0).equals("round-000003.safetensors") ? 1 : 0;
        assertThat(names(checkpoints()))
            .as("left after death at call %d", calls)
            .allMatch(name -> names.contains(name) || name.startsWith(".train.lock-"));
        folder.delete();
      }
    }
    assertThat(calls).isGreaterThan(10);
    assertThat(news).isGreaterThan(1);
  }

  @Test
  void aFullDiskLeavesTheOlderOnes() throws IOException {
    FaultyFileSystem files = new FaultyFileSystem();
    files.initialize(java.net.URI.create("file:///"), new Configuration(false));
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(runs + "/digits-scalegmn");
    try (CheckpointFolder folder = CheckpointFolder.open(files, place, COMMAND)) {
      write(folder, 1);
      FaultyFileSystem.fill();
      try {
        assertThat(TableStoreTest.problem(() -> write(folder, 2)))
            .contains("cannot be written: No space left on device");
      } finally {
        FaultyFileSystem.repair();
      }

      assertThat(folder.names()).containsExactly("round-000001.safetensors");
      write(folder, 2);
      assertThat(folder.names()).hasSize(2);
    }
  }

  @Test
  void storageTidyFindsWhatNobodyWentOnWith() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 1);
      assertThat(leftovers()).as("of a training that is alive").isEmpty();
    }

    assertThat(FolderLitter.of(local(), hadoop(runs), Instant.now().minus(Duration.ofDays(1))))
        .as("of a training that was interrupted lately")
        .isEmpty();
    assertThat(leftovers())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left).hasToString(checkpoints() + ": " + left.kind());
              assertThat(left.kind())
                  .isEqualTo("checkpoints of a training that nobody went on with");
              left.remove();
            });
    assertThat(names(runs)).isEmpty();
  }

  /** Writes the third in a process that dies after so many calls; says whether it did. */
  private boolean dies(int calls) throws IOException {
    try {
      CheckpointFolder folder = CheckpointFolder.open(new DyingFileSystem(calls), place(), COMMAND);
      write(folder, 3);
      folder.close();
      return false;
    } catch (WatchedFileSystem.Death e) {
      renameToDead();
      return true;
    }
  }

  /** This process lives on, so what it left has to bear another's name. */
  private void renameToDead() throws IOException {
    for (String name : names(checkpoints())) {
      String dead = name.replace(Writer.self().token(), Writer.self().host() + "-1999999999-5");
      Files.move(checkpoints().resolve(name), checkpoints().resolve(dead));
    }
  }

  private List<Leftover> leftovers() {
    return FolderLitter.of(local(), hadoop(runs), Instant.now().plus(Duration.ofHours(1)));
  }

  private static void write(CheckpointFolder folder, int round) {
    folder.write(round, out -> out.write(("round " + round).getBytes(UTF_8)));
  }

  private CheckpointFolder open() {
    return CheckpointFolder.open(local(), place(), COMMAND);
  }

  private org.apache.hadoop.fs.Path place() {
    return hadoop(runs.resolve("digits-scalegmn"));
  }

  private Path checkpoints() {
    return runs.resolve(".digits-scalegmn.checkpoints");
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path("file", null, path.toString());
  }

  private static RawLocalFileSystem local() {
    RawLocalFileSystem files = new RawLocalFileSystem();
    try {
      files.initialize(java.net.URI.create("file:///"), new Configuration(false));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
