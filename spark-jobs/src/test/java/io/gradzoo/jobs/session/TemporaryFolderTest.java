package io.gradzoo.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  /** Larger than any process id of Linux. */
  private static final long NOBODY = 999_999_999L;

  @TempDir Path ours;
  private Path own;

  @BeforeEach
  void makeOwn() throws IOException {
    own = folder("own", ProcessHandle.current().pid());
  }

  @Test
  void foldersOfDeadProcessesAreDeletedAndWhatLinksLeadToIsNot() throws IOException {
    Path dead = folder("dead", NOBODY);
    Path elsewhere = Files.createDirectories(ours.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("mine"), "mine");
    Files.createSymbolicLink(dead.resolve("link"), elsewhere);
    Path linked = Files.createSymbolicLink(ours.resolve("linked"), folder("target", NOBODY - 1));
    Files.writeString(ours.resolve("target/owner"), "1");

    claim();

    assertThat(dead).doesNotExist();
    assertThat(elsewhere.resolve("mine")).exists();
    assertThat(linked).exists();
    assertThat(own).isNotEmptyDirectory();
  }

  @Test
  void foldersOfLivingProcessesStay() throws IOException {
    Path living = folder("living", ProcessHandle.current().pid());

    claim();

    assertThat(living.resolve("blockmgr/00/block")).exists();
  }

  @Test
  void aLaterProcessWithTheSameIdIsAnother() throws IOException {
    Path dead = folder("dead", ProcessHandle.current().pid());
    Instant before = ProcessHandle.current().info().startInstant().orElseThrow();
    Files.setLastModifiedTime(
        dead.resolve("owner"), FileTime.from(before.minus(Duration.ofHours(1))));

    claim();

    assertThat(dead).doesNotExist();
  }

  @Test
  void aLockedFolderStaysThoughItsProcessCannotBeSeen() throws IOException {
    Path hidden = folder("hidden", NOBODY);
    try (FileChannel channel =
        FileChannel.open(hidden.resolve("owner"), StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();

      claim();
    }

    assertThat(hidden.resolve("blockmgr/00/block")).exists();
  }

  @Test
  void whatHasNoOwnerIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectories(ours.resolve("foreign"));
    Files.writeString(foreign.resolve("note"), "mine");
    Path strange = folder("strange", NOBODY);
    Files.writeString(strange.resolve("owner"), "somebody");

    claim();

    assertThat(foreign.resolve("note")).exists();
    assertThat(strange.resolve("blockmgr/00/block")).exists();
    assertThat(TemporaryFolder.at(foreign)).isEmpty();
  }

  private void claim() {
    TemporaryFolder.at(own).orElseThrow().claim();
  }

  private Path folder(String name, long pid) throws IOException {
    Path folder = Files.createDirectories(ours.resolve(name).resolve("blockmgr/00"));
    Files.writeString(folder.resolve("block"), "rows");
    Files.writeString(ours.resolve(name).resolve("owner"), pid + "\n");
    return ours.resolve(name);
  }
}
