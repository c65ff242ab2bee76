package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StorageEstimateTest {
  private static final String SIREN = "sine1:1:dense32:dense32:dense1";

  @Test
  void theCurvatureTasksTablesTakeWhatTheirNumbersTake() {
    StorageEstimate estimate = estimate(SIREN, 3000, "target-samples=1024");

    // 131 numbers a sample: the factors, the input and the first layer's activations included.
    assertThat(estimate.tables().get(GradientTable.FACTORS))
        .isBetween(4L * 3000 * 128 * 130, 4L * 3000 * (128 * 132 + 300));
    // Twice 4 moments of 1,153 parameters.
    assertThat(estimate.tables().get(GradientTable.MOMENTS))
        .isBetween(4L * 3000 * 2 * 4 * 1153, 4L * 3000 * (2 * 4 * 1153 + 600));
    assertThat(estimate.tables().get(GradientTable.PROBES))
        .isBetween(4L * 3000 * (128 + 1024), 4L * 3000 * (128 + 1024 + 200));
    assertThat(estimate.tables()).doesNotContainKey(GradientTable.LOWRANK);
  }

  @Test
  void aTaskHoldsAChunkWhateverTheSetsSize() {
    long ofHundredThousand = estimate(SIREN, 1, "probe-samples=100000", "chunk-bytes=65536").held();
    long ofMore = estimate(SIREN, 1, "probe-samples=200000", "chunk-bytes=65536").held();

    // The set's points and values themselves, 8 bytes a sample, are held twice.
    assertThat(ofMore - ofHundredThousand).isEqualTo(100_000 * 16);
    assertThat(ofHundredThousand).isLessThan(100_000 * 16 + 300_000);
  }

  @Test
  void itIsPrintedWithItsUnits() {
    StringWriter out = new StringWriter();

    estimate(SIREN, 3000, "target-samples=1024").print(new PrintWriter(out));

    assertThat(out.toString().lines())
        .hasSize(5)
        .anyMatch(
            line ->
                line.matches("gradients compute: 3000 members, about 3\\d\\d\\.\\d MB before .*"))
        .anyMatch(line -> line.matches("  layer_factors  +20\\d\\.\\d MB +6\\d\\.\\d kB a member"));
  }

  @Test
  void setsThatAnExecutorCannotHoldAreRefusedWithNumbers() {
    StorageEstimate estimate =
        estimate(SIREN, 10, "probe-samples=10000000", "chunk-bytes=1073741824");

    GradzooException e =
        catchThrowableOfType(GradzooException.class, () -> estimate.requireRoom(4L << 30, 2));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageMatching(
            ".*at most 2\\.1 GB, .*, found 4\\.\\d GB in 2 tasks of 2\\.\\d GB each .fix: lower gradients\\.chunk-bytes.*");
    estimate(SIREN, 10, "probe-samples=10000000").requireRoom(4L << 30, 2);
  }

  @Test
  void rowsThatParquetCannotHoldAreRefusedWithNumbers() {
    GradzooException probe =
        catchThrowableOfType(
            GradzooException.class,
            () -> estimate("relu:64:dense3:dense10", 10, "probe-samples=10000000"));
    GradzooException moments =
        catchThrowableOfType(
            GradzooException.class, () -> estimate("relu:64:dense9000:dense9000:dense10", 1));

    assertThat(probe)
        .hasMessageMatching(
            "gradients compute: probe_sets of relu:64.*: expected rows of at most 1\\.1 GB, found 2\\.6 GB .fix: lower gradients\\.probe-samples.*");
    assertThat(moments)
        .hasMessageMatching("gradients compute: layer_moments of relu.*found 1\\.3 GB .*");
  }

  private static StorageEstimate estimate(String architecture, long members, String... gradients) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "zoo.source=random",
                "zoo.images=none",
                "zoo.architectures=[\"" + SIREN + "\"]",
                "gradients.probe=points",
                "gradients.probe-samples=128",
                "gradients.signal=output",
                "gradients.loss=output_k"));
    for (String assignment : gradients) {
      assignments.add("gradients." + assignment);
    }
    GradzooConfig config = new ConfigLayers(Optional.empty(), Optional.empty(), assignments).load();
    int samples = config.gradients().probeSamples();
    Probes probes = new Probes.Drawn(1, samples, config.gradients().targetSamples());
    return StorageEstimate.of(
        GradientPlan.of(config, probes, "code"), new TreeMap<>(Map.of(architecture, members)));
  }
}
