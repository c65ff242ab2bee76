package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file for what others say during a run. */
@DisabledOnOs(OS.WINDOWS)
class RunLogTest {
  @TempDir Path temporary;

  @Test
  void itIsMadeWithTheFirstWordAndForItsOwnerAlone() throws IOException {
    RunLog log = new RunLog(temporary.resolve("gradzoo-ada"));
    assertThat(temporary).isEmptyDirectory();

    log.stream().println("ERROR SparkContext: spark.hadoop.fs.s3a.secret.key=HUSH");

    Path file = log.path().orElseThrow();
    assertThat(file.getParent()).isEqualTo(temporary.resolve("gradzoo-ada/logs"));
    assertThat(Files.readString(file)).contains("SparkContext").doesNotContain("HUSH");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(permissions(file.getParent().getParent())).isEqualTo("rwx------");
  }

  @Test
  void nothingIsWrittenThroughALinkThatStandsInTheSharedFolder() throws IOException {
    Path victim = Files.createDirectory(temporary.resolve("victim"));
    Path shared = Files.createDirectory(temporary.resolve("tmp"));
    Files.createSymbolicLink(shared.resolve("gradzoo-ada"), victim);
    RunLog log = new RunLog(shared.resolve("gradzoo-ada"));

    log.stream().println("words");

    assertThat(victim).isEmptyDirectory();
    Path file = log.path().orElseThrow();
    assertThat(file.getParent()).isNotEqualTo(shared.resolve("gradzoo-ada/logs"));
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
  }

  @Test
  void onlyTheNewestAreKept() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("gradzoo-ada/logs"));
    for (int i = 10; i < 60; i++) {
      Files.writeString(folder.resolve("20200101-0000" + i + "-1.log"), "");
    }
    RunLog log = new RunLog(temporary.resolve("gradzoo-ada"));

    log.stream().println("words");

    assertThat(folder.toFile().list()).hasSize(20).contains("20200101-000059-1.log");
    assertThat(log.path()).isPresent();
  }

  @Test
  void aFolderThatCannotBeWrittenCostsTheLogAlone() {
    RunLog log = new RunLog(temporary.resolve("nothing/gradzoo-ada"));

    log.stream().println("words");

    assertThat(log.path()).isEmpty();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
