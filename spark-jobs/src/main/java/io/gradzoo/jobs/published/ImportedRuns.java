package io.gradzoo.jobs.published;

import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Networks in consecutive rows of the weights.
 *
 * @param first row of the first
 * @param seed of the zoo, which decides the splits of its runs
 */
record ImportedRuns(long first, List<ImportedRun> runs, long seed) implements Serializable {
  private static final Map<String, String> INITIALIZERS =
      Map.of("RandomNormal", "normal", "TruncatedNormal", "truncated_normal");

  /** Cuts them into pieces of at most so many. */
  static List<ImportedRuns> cut(List<ImportedRun> all, int most, long seed) {
    List<ImportedRuns> pieces = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      int to = Math.min(from + most, all.size());
      pieces.add(new ImportedRuns(from, new ArrayList<>(all.subList(from, to)), seed));
    }
    return pieces;
  }

  int size() {
    return runs.size();
  }

  ImportedRun get(int index) {
    return runs.get(index);
  }

  RunColumns columns(ImportedRun run) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(run.architecture());
    return RunColumns.of(
        run.runId(),
        architecture,
        BuiltInFamilies.of(architecture).column(),
        hyperparameters(architecture, run.metrics()),
        seed);
  }

  Scores scores(ImportedRun run) {
    ZooMetricsRow row = run.metrics();
    return new Scores(
        finite(row.trainLoss()),
        finite(row.trainAccuracy()),
        finite(row.testLoss()),
        finite(row.testAccuracy()),
        finite(row.said().psnr()));
  }

  private static Hyperparameters hyperparameters(
      LayeredArchitecture architecture, ZooMetricsRow row) {
    return new Hyperparameters(
        architecture.activation().name().toLowerCase(Locale.ROOT),
        row.initializer() == null
            ? null
            : INITIALIZERS.getOrDefault(row.initializer(), row.initializer()),
        row.initializerScale(),
        row.optimizer(),
        row.learningRate(),
        row.l2(),
        row.dropout(),
        row.trainFraction(),
        row.batchSize() == null ? null : Math.toIntExact(row.batchSize()),
        row.seed());
  }

  private static Double finite(Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }
}
