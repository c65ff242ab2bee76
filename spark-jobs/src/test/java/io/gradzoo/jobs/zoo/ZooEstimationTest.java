package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooEstimationTest {
  @TempDir Path folder;

  @Test
  void timeAndBytesGrowWithTheZooAndNothingIsWritten() {
    JobRun run =
        JobRun.in(
            folder,
            "zoo.runs=20",
            "zoo.epochs=10",
            "zoo.checkpoints=[5, 10]",
            "zoo.recipe.train-fraction=[0.5]",
            "zoo.recipe.activation=[relu]",
            "zoo.architectures=[\"64:dense8:dense10\"]");

    ZooEstimate small = run.run(new ZooEstimation(0.2));
    ZooEstimate large = run.with("zoo.runs=2000").run(new ZooEstimation(0.2));

    assertThat(small.members()).isEqualTo(40);
    assertThat(small.tableBytes()).isEqualTo(40 * (500 + 4 * 610));
    assertThat(small.imageBytes()).isEqualTo(1797 * 64 * 4);
    assertThat(large.tableBytes()).isEqualTo(100 * small.tableBytes());
    assertThat(large.coreSeconds()).isGreaterThan(small.coreSeconds());
    assertThat(small.coreSeconds()).isBetween(1e-3, 60.0);
    assertThat(run.printed(new ZooEstimation(0.2)))
        .contains("20 runs, 40 members", "core-hours", "table: 117.6 kB", "nothing was written");
    assertThat(run.tables()).doesNotExist();
  }

  @Test
  void fittedNetworksAreTimedToo() {
    JobRun run =
        JobRun.in(
            folder,
            "zoo.source=fitted",
            "zoo.runs=10",
            "zoo.initializations=2",
            "zoo.epochs=10",
            "zoo.checkpoints=[10]",
            "zoo.architectures=[\"sine30:2:dense8:dense1\"]");

    ZooEstimate estimate = run.run(new ZooEstimation(0.1));

    assertThat(estimate.members()).isEqualTo(20);
    assertThat(estimate.coreSeconds()).isBetween(1e-4, 60.0);
  }
}
