package io.gradzoo.jobs.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.table.PublishedFolder.Replacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run directories: replaced whole or not at all, and never where anything foreign stands. */
class PublishedFolderTest {
  private static final SortedMap<String, byte[]> OLD = contents("old");
  private static final SortedMap<String, byte[]> NEW = contents("new");

  @TempDir Path folder;
  private Path place;

  @BeforeEach
  void publishTheFirst() {
    place = folder.resolve("digits-scalegmn");
    PublishedFolder.at(place).begin().publish(OLD);
  }

  @Test
  void aProcessThatDiesAtAnyCallLeavesTheOldVersionOrTheNewOne() throws IOException {
    boolean died = true;
    int news = 0;
    int calls = 0;
    for (; died; calls++) {
      died = dies(calls);

      String found = read();
      assertThat(found).as("read after death at call %d", calls).isIn("old", "new");
      news += found.equals("new") ? 1 : 0;
      Replacement next = PublishedFolder.at(place).begin();
      assertThat(read())
          .as("read after recovery at call %d", calls)
          .isIn(found.equals("new") ? "new" : "old", "new");
      assertThat(names())
          .as("left after death at call %d", calls)
          .containsExactly("digits-scalegmn");
      next.publish(OLD);
      assertThat(read()).isEqualTo("old");
    }
    assertThat(calls).isGreaterThan(40);
    assertThat(news).isGreaterThan(1);
  }

  @Test
  void aFirstPublicationThatDiesAtAnyCallLeavesNothingOrAll() throws IOException {
    boolean died = true;
    int calls = 0;
    for (; died; calls++) {
      clear();
      died = dies(calls);

      assertThat(Files.exists(place) ? read() : "nothing").isIn("nothing", "new");
      PublishedFolder.at(place).begin();
      assertThat(names()).isSubsetOf("digits-scalegmn");
    }
    assertThat(calls).isGreaterThan(20);
    assertThat(read()).isEqualTo("new");
  }

  @Test
  void ofTwoThatBeganTogetherTheSecondIsRefused() throws IOException {
    Replacement first = PublishedFolder.at(place).begin();
    Replacement second = PublishedFolder.at(place).begin();
    first.publish(NEW);

    assertThatThrownBy(() -> second.publish(contents("another")))
        .hasMessageContaining("another command published there meanwhile")
        .hasMessageContaining("the same command again makes it anew");
    assertThat(read()).isEqualTo("new");
    assertThat(names()).containsExactly("digits-scalegmn");
  }

  /** As one whose machine slept between its last look and the replacement. */
  @Test
  void whoStoodStillReplacesNothingThatAnotherPublishedMeanwhile() throws IOException {
    PublishedFolder late =
        new PublishedFolder(
            new LateFileSystem(this::publishAnother),
            new org.apache.hadoop.fs.Path("file", null, place.toString()));

    assertThatThrownBy(() -> late.begin().publish(NEW))
        .hasMessageContaining("another command published there meanwhile");
    assertThat(read()).isEqualTo("another");
    assertThat(names()).containsExactly("digits-scalegmn");
  }

  /** Whoever took over has deleted the lock of the first. */
  private void publishAnother() {
    try {
      for (String name : names()) {
        if (name.contains(".held-")) {
          Files.delete(folder.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    PublishedFolder.at(place).begin().publish(contents("another"));
  }

  /** Does something before it first renames. */
  private static final class LateFileSystem extends org.apache.hadoop.fs.RawLocalFileSystem {
    private final Runnable meanwhile;
    private boolean late;

    LateFileSystem(Runnable meanwhile) throws IOException {
      this.meanwhile = meanwhile;
      initialize(java.net.URI.create("file:///"), new org.apache.hadoop.conf.Configuration(false));
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      if (from.getName().equals("digits-scalegmn") && !late) {
        late = true;
        meanwhile.run();
      }
      return super.rename(from, to);
    }
  }

  @Test
  void aReplacementOfAVersionThatIsGoneIsRefused() throws IOException {
    PublishedFolder published = PublishedFolder.at(place);
    Optional<String> read = published.version();
    published.begin().requireVersion(read);
    published.begin().publish(NEW);

    assertThatThrownBy(() -> published.begin().requireVersion(read))
        .hasMessageContaining("another command published there meanwhile");
    assertThat(read()).isEqualTo("new");
  }

  @Test
  void whatIsReadWhileAnotherVersionComesIsReadAgain() {
    List<String> readings = new ArrayList<>();

    String read =
        PublishedFolder.at(place)
            .consistently(
                () -> {
                  readings.add(text(place.resolve(OLD.firstKey())));
                  if (readings.size() == 1) {
                    PublishedFolder.at(place).begin().publish(NEW);
                  }
                  return readings.get(readings.size() - 1);
                });

    assertThat(read).isEqualTo("new");
    assertThat(readings).containsExactly("old", "new");
  }

  @Test
  void anAdditionToTheOldVersionNeverLandsInTheNewOne() {
    PublishedFolder.at(place).begin().add("evaluation.json", "old".getBytes(UTF_8));
    assertThat(place.resolve("evaluation.json")).hasContent("old");
    assertThat(read()).isEqualTo("old");
    Replacement evaluation = PublishedFolder.at(place).begin();
    PublishedFolder.at(place).begin().publish(NEW);

    assertThatThrownBy(() -> evaluation.add("evaluation.json", "old".getBytes(UTF_8)))
        .hasMessageContaining("another command published there meanwhile");
    assertThat(place.resolve("evaluation.json")).doesNotExist();
    assertThat(read()).isEqualTo("new");
  }

  @Test
  void ofManyAtOnceExactlyOnePublishesAVersionOfWhatAllLookedAt() throws Exception {
    int writers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int turn = 0; turn < 10; turn++) {
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Callable<Boolean>> work = new java.util.ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          String text = turn + "-" + writer;
          Replacement replacement = PublishedFolder.at(place).begin();
          work.add(() -> succeeds(start, replacement, text));
        }
        int successes = 0;
        for (Future<Boolean> done : threads.invokeAll(work)) {
          successes += done.get() ? 1 : 0;
        }
        assertThat(successes).isEqualTo(1);
        assertThat(names()).containsExactly("digits-scalegmn");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aReaderNeverSeesFilesOfTwoVersions() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          threads.submit(
              () -> {
                Replacement replacement = PublishedFolder.at(place).begin();
                for (int i = 0; i < 60; i++) {
                  replacement.publish(contents("version " + i));
                }
              });
      while (!writing.isDone()) {
        assertThat(read()).matches("old|version \\d+");
      }
      writing.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aForeignFileIsNamedAndStays() throws IOException {
    for (String name : List.of("notes.txt", ".DS_Store", "model.txt", ".mine.crc")) {
      Path own = Files.writeString(place.resolve(name), "mine");

      refused(own, "one that it did not write");
      assertThat(own).hasContent("mine");
      Files.delete(own);
    }
  }

  @Test
  void aForeignFolderIsNamedAndStays() throws IOException {
    Path own = Files.createDirectories(place.resolve("plots"));
    refused(own, "a folder");
  }

  @Test
  void anOwnFileThatWasChangedIsTheUsers() throws IOException {
    Path changed = Files.writeString(place.resolve("config.json"), "OLD");
    refused(changed, "one that was changed since");
  }

  @Test
  void linksAreNeverWrittenOrDeletedThrough() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.move(place, elsewhere.resolve("run"));
    Files.createSymbolicLink(place, elsewhere.resolve("run"));
    refused(place, "a symbolic link");
    assertThat(elsewhere.resolve("run/model.safetensors")).hasContent("old");

    Files.delete(place);
    Files.move(elsewhere.resolve("run"), place);
    Files.move(place.resolve("config.json"), elsewhere.resolve("config.json"));
    Files.createSymbolicLink(place.resolve("config.json"), elsewhere.resolve("config.json"));
    refused(place.resolve("config.json"), "a symbolic link");
    assertThat(elsewhere.resolve("config.json")).hasContent("old");
  }

  @Test
  void aFileInThePlaceOfTheFolderIsTheUsers() throws IOException {
    clear();
    Files.writeString(place, "mine");
    refused(place, "a file");
  }

  @Test
  void aFolderWithoutAMarkerIsTheUsers() throws IOException {
    Files.delete(place.resolve(Marker.NAME));
    refused(place.resolve("config.json"), "one that it did not write");
  }

  @Test
  void whatCameWhileTheWorkWentOnStays() throws IOException {
    Replacement replacement = PublishedFolder.at(place).begin();
    Path own = Files.writeString(place.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> replacement.publish(NEW)).hasMessageContaining(own.toString());
    assertThat(own).hasContent("mine");
    assertThat(read()).isEqualTo("old");
    assertThat(names()).containsExactly("digits-scalegmn");
  }

  @Test
  void aFullDiskLeavesTheOldVersionAndNothingElse() throws IOException {
    FaultyFileSystem files = new FaultyFileSystem();
    files.initialize(
        java.net.URI.create("file:///"), new org.apache.hadoop.conf.Configuration(false));
    org.apache.hadoop.fs.Path where = new org.apache.hadoop.fs.Path(place.toString());
    Replacement replacement = new PublishedFolder(files, where).begin();

    FaultyFileSystem.fill();
    try {
      assertThat(TableStoreTest.problem(() -> replacement.publish(NEW)))
          .contains(place + ": cannot be written: No space left on device (fix: make room there");
    } finally {
      FaultyFileSystem.repair();
    }

    assertThat(read()).isEqualTo("old");
    assertThat(names()).containsExactly("digits-scalegmn");
  }

  @Test
  void aDiskThatFillsWhileAFileIsWrittenLeavesTheOldVersionAndNothingElse() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    RawLocalFileSystem files =
        new RawLocalFileSystem() {
          @Override
          public FSDataOutputStream create(
              org.apache.hadoop.fs.Path file,
              boolean overwrite,
              int bufferSize,
              short replication,
              long blockSize,
              Progressable progress)
              throws IOException {
            org.apache.hadoop.fs.Path to =
                full.get() ? new org.apache.hadoop.fs.Path("/dev/full") : file;
            return super.create(
                to, overwrite || full.get(), bufferSize, replication, blockSize, progress);
          }
        };
    files.initialize(
        java.net.URI.create("file:///"), new org.apache.hadoop.conf.Configuration(false));
    Replacement replacement =
        new PublishedFolder(files, new org.apache.hadoop.fs.Path(place.toString())).begin();

    full.set(true);

    assertThat(TableStoreTest.problem(() -> replacement.publish(NEW)))
        .contains(place + ": cannot be written: No space left on device (fix: make room there");
    assertThat(read()).isEqualTo("old");
    assertThat(names()).containsExactly("digits-scalegmn");
  }

  private void refused(Path file, String found) {
    assertThat(TableStoreTest.problem(() -> PublishedFolder.at(place).begin()))
        .contains(file + ": expected nothing but what gradzoo wrote there, found " + found);
  }

  private static boolean succeeds(CyclicBarrier start, Replacement replacement, String text)
      throws Exception {
    start.await();
    try {
      replacement.publish(contents(text));
      return true;
    } catch (io.gradzoo.jobs.GradzooException e) {
      assertThat(e).hasMessageContaining("another command published there meanwhile");
      return false;
    }
  }

  /** Publishes in a process that dies after so many calls; says whether it did. */
  private boolean dies(int calls) throws IOException {
    org.apache.hadoop.fs.Path where = new org.apache.hadoop.fs.Path("file", null, place.toString());
    try {
      new PublishedFolder(new DyingFileSystem(calls), where).begin().publish(NEW);
      return false;
    } catch (WatchedFileSystem.Death e) {
      renameToDead();
      return true;
    }
  }

  /** This process lives on, so what it left has to bear another's name. */
  private void renameToDead() throws IOException {
    for (String name : names()) {
      String dead = name.replace(Writer.self().token(), Writer.self().host() + "-1999999999-5");
      Files.move(folder.resolve(name), folder.resolve(dead));
    }
  }

  /** What all files of the folder say. */
  private String read() {
    return PublishedFolder.at(place)
        .consistently(
            () -> {
              Path standing = Path.of(PublishedFolder.at(place).standing().toString());
              Set<String> all =
                  Set.copyOf(
                      OLD.keySet().stream().map(name -> text(standing.resolve(name))).toList());
              if (all.size() != 1) {
                throw io.gradzoo.jobs.GradzooException.data(
                    Fault.of("files of two versions").found(all));
              }
              return all.iterator().next();
            });
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw io.gradzoo.jobs.GradzooException.data(Fault.of("read").at(file), e);
    }
  }

  private void clear() throws IOException {
    org.apache.hadoop.fs.FileUtil.fullyDeleteContents(folder.toFile());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static SortedMap<String, byte[]> contents(String text) {
    return new TreeMap<>(
        Map.of("model.safetensors", text.getBytes(UTF_8), "config.json", text.getBytes(UTF_8)));
  }
}
