package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyTest {
  @TempDir Path folder;

  @Test
  void whatAKilledWriterLeftIsShownThenRemovedAndNothingElse() throws Exception {
    Workplace place = new Workplace(folder);
    place.gradzoo("zoo", "generate").ok();
    List<Path> whole = files();
    try (ChildGradzoo killed =
        ChildGradzoo.dying(
            place,
            KilledGradzoo.BEFORE_CREATE,
            ".*/members/metadata/.*",
            "local[2]",
            "zoo",
            "generate",
            "--set=seed=7")) {
      assertThat(killed.outcome().status()).isEqualTo(KilledGradzoo.STATUS);
    }
    List<Path> litter = files().stream().filter(file -> !whole.contains(file)).toList();
    assertThat(litter).isNotEmpty();
    Path note = Files.writeString(folder.resolve("warehouse/tiny/members/data/note"), "mine");

    Outcome young = place.gradzoo("storage", "tidy", "--apply").ok();
    assertThat(young.out()).containsExactly("storage tidy: nothing to remove");
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
    }
    Outcome shown = place.gradzoo("storage", "tidy").ok();
    assertThat(shown.out()).hasSize(3);
    assertThat(shown.out().get(0)).contains("files of no version of tiny.members (");
    assertThat(shown.out().get(1)).contains("of runs elsewhere it knows nothing");
    assertThat(shown.out().get(2)).contains("nothing was changed (--apply removes it)");
    assertThat(litter).allMatch(Files::exists);

    place.gradzoo("storage", "tidy", "--apply").ok();

    assertThat(files()).containsExactlyInAnyOrderElementsOf(with(whole, note));
    assertThat(Workplace.rows(place.iceberg(), MembersTable.SCHEMA).count()).isEqualTo(24);
  }

  @Test
  void anAgeThatGuardsNobodyIsRefused() {
    Outcome refused = new Workplace(folder).gradzoo("storage", "tidy", "--older-than", "0");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).anyMatch(line -> line.contains("at least 1 day, found 0"));
  }

  private static List<Path> with(List<Path> files, Path more) {
    return Stream.concat(files.stream(), Stream.of(more)).toList();
  }

  /** Of the members, without Hadoop's sums. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("warehouse/tiny/members"))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }
}
