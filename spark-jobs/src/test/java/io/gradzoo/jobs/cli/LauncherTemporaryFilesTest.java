package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where processes that deploy/bin/gradzoo starts have their temporary files. */
class LauncherTemporaryFilesTest extends LauncherFixture {
  @Test
  void temporaryFilesLieInAFolderOfTheProcessThatOnlyItsUserCanEnter() throws Exception {
    Call call = call(Map.of(), "--master=local-cluster[1,1,1024]", "demo");

    Path folder =
        Path.of(option(call, "-Djava.io.tmpdir=").substring("-Djava.io.tmpdir=".length()));
    Path ours = folder.getParent();
    assertThat(ours.getParent()).isEqualTo(temporary());
    assertThat(Files.readString(folder.resolve("owner"))).matches("\\d+\n");
    for (Path each : List.of(ours, folder)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
    }
    assertThat(option(call, "spark.executor.extraJavaOptions="))
        .endsWith(" \"-Djava.io.tmpdir=" + folder + "\"");
    assertThat(option(call(Map.of(), "demo"), "spark.executor.extraJavaOptions="))
        .doesNotContain("java.io.tmpdir");
  }

  @Test
  void aLinkInPlaceOfThatFolderIsRefused() throws Exception {
    call(Map.of(), "demo");
    Path ours;
    try (Stream<Path> all = Files.list(temporary())) {
      ours = all.findFirst().orElseThrow();
    }
    Files.move(ours, home.resolve("elsewhere"));
    Files.createSymbolicLink(ours, home.resolve("elsewhere"));

    Call call = call(Map.of(), "demo");

    assertThat(call.status()).isEqualTo(3);
    assertThat(call.program()).isEmpty();
    assertThat(call.errors()).startsWith("gradzoo: " + ours + ": expected a folder of this user");
  }

  @Test
  void commandsWithoutJobsLeaveNoTemporaryFolder() throws Exception {
    call(Map.of(), "config", "show");

    assertThat(temporary()).isEmptyDirectory();
  }
}
