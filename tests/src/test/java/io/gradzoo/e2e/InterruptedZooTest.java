package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generation that is killed when four of its twelve runs are staged. */
class InterruptedZooTest {
  @TempDir Path folder;

  @Test
  void theSameCommandGoesOnAndEndsWithTheSameRows() throws Exception {
    Workplace place = new Workplace(folder);
    try (ChildGradzoo killed =
        ChildGradzoo.dying(
            place,
            KilledGradzoo.BEFORE_CREATE,
            ".*/\\.members-.*batch_00001.*",
            "local[2]",
            "zoo",
            "generate",
            "--set=zoo.members-per-task=1")) {
      assertThat(killed.outcome().status()).isEqualTo(KilledGradzoo.STATUS);
    }
    assertThat(place.iceberg().list()).isEmpty();

    Outcome again = place.gradzoo("zoo", "generate", "--set=zoo.members-per-task=2").ok();

    assertThat(again.out()).contains("zoo generate: 4 of 12 runs were done before");
    assertThat(TableContentHash.of(Workplace.rows(place.iceberg(), MembersTable.SCHEMA)))
        .isEqualTo(
            TableContentHash.of(
                Workplace.rows(ReferenceJob.get().place().iceberg(), MembersTable.SCHEMA)));
    try (Stream<Path> left = Files.list(folder.resolve("warehouse/tiny"))) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly("members");
    }
  }
}
