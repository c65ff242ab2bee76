package io.gradzoo.jobs.gradients;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.StoredFactors;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/**
 * A stored gradient set taken again and compared: weights by their hash, losses, factors and
 * moments by their largest difference relative to the largest number of the column, and the stored
 * moments with the mean of the stored factors.
 */
final class Replay {
  private static final double TOLERANCE = 1e-5;

  private final StoredSet stored;
  private final List<String> problems = new ArrayList<>();
  private double factors;
  private double moments;
  private double means;

  private Replay(StoredSet stored) {
    this.stored = stored;
  }

  /**
   * Takes the set again.
   *
   * @throws GradzooException exit code 3 if the rows do not describe a set at all
   */
  static Comparison of(StoredSet stored) {
    Replay replay = new Replay(stored);
    replay.compareHashes();
    GradientSet again = replay.again();
    replay.compare(again);
    return new Comparison(
        stored.gradientSetId(),
        stored.memberId(),
        stored.role(),
        replay.factors,
        replay.moments,
        replay.means,
        again.architecture().mlp() ? Degeneracy.of(again) : null,
        List.copyOf(replay.problems));
  }

  private void compareHashes() {
    String found = ContentHash.of(StoredWeights.of(stored.member()));
    String expected = stored.set().getAs(GradientSetsTable.PARAMETERS_SHA256);
    if (!found.equals(expected)) {
      problems.add(
          "gradients verify: member %s: expected weights of SHA-256 %s, found %s (fix: run gradzoo gradients compute)"
              .formatted(stored.memberId(), expected, found));
    }
  }

  private GradientSet again() {
    SetDefinition definition = stored.definition();
    boolean maps =
        stored.factors().stream()
            .anyMatch(
                row ->
                    row.<String>getAs(LayerFactorsTable.KIND).equals(LayerFactorsTable.CONV_MAPS));
    GradientExtraction workspace =
        new GradientExtraction(
            definition.architecture(), maps ? ConvolutionForm.FACTORS : ConvolutionForm.GRADIENTS);
    return new SetExtraction(definition, definition.probe().samples(), workspace).next();
  }

  private void compare(GradientSet set) {
    difference(
        0, "sample_loss", set.values(), Floats.of(stored.set(), GradientSetsTable.SAMPLE_LOSS));
    for (AffineLayer layer : set.architecture().affineLayers()) {
      compareFactors(set.layers().get(layer.index()));
      compareLowRank(set.layers().get(layer.index()));
      compareMoments(layer, set.moments().get(layer.index()));
    }
  }

  private void compareFactors(LayerGradients again) {
    int layer = again.layer().index();
    List<Row> rows =
        stored.factors().stream()
            .filter(row -> row.<Integer>getAs(LayerFactorsTable.LAYER) == layer)
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    if (again instanceof DenseFactors dense) {
      factors(layer, LayerFactorsTable.A, dense.inputs(), rows);
      factors(layer, LayerFactorsTable.G, dense.signals(), rows);
      compareMeans(StoredFactors.dense(dense.layer(), rows));
    } else if (again instanceof ConvolutionFactors maps) {
      factors(layer, LayerFactorsTable.A, maps.maps(), rows);
      factors(layer, LayerFactorsTable.G, maps.signals(), rows);
    } else if (again instanceof ConvolutionGradients full) {
      factors(layer, LayerFactorsTable.DW, full.weights(), rows);
      factors(layer, LayerFactorsTable.DB, full.biases(), rows);
    }
  }

  private void compareLowRank(LayerGradients again) {
    int layer = again.layer().index();
    List<Row> rows =
        stored.lowRank().stream()
            .filter(row -> row.<Integer>getAs(LayerLowRankTable.LAYER) == layer)
            .toList();
    if (!rows.isEmpty() && again instanceof ConvolutionGradients full) {
      new LowRankReplay(full, rows)
          .compare(
              (column, expected, found) ->
                  factors = Math.max(factors, difference(layer, column, expected, found)));
    }
  }

  private void factors(int layer, String column, float[] again, List<Row> rows) {
    factors =
        Math.max(factors, difference(layer, column, again, StoredFactors.joined(rows, column)));
  }

  /** The mean of stored factors against the stored mean. */
  private void compareMeans(DenseFactors stored) {
    LayerMoments ofFactors = stored.moments();
    int layer = stored.layer().index();
    Row row = momentsOf(layer);
    means =
        Math.max(
            means,
            difference(
                layer,
                "mean of the factors",
                ofFactors.meanWeight(),
                Floats.of(row, LayerMomentsTable.MEAN_DW)));
  }

  private void compareMoments(AffineLayer layer, LayerMoments again) {
    Row row = momentsOf(layer.index());
    float[][] numbers = {
      again.meanWeight(), again.meanSquaredWeight(), again.meanBias(), again.meanSquaredBias()
    };
    String[] columns = {
      LayerMomentsTable.MEAN_DW,
      LayerMomentsTable.MEAN_DW2,
      LayerMomentsTable.MEAN_DB,
      LayerMomentsTable.MEAN_DB2
    };
    for (int i = 0; i < columns.length; i++) {
      float[] found = Floats.of(row, columns[i]);
      moments = Math.max(moments, difference(layer.index(), columns[i], numbers[i], found));
    }
  }

  private Row momentsOf(int layer) {
    return stored.moments().stream()
        .filter(row -> row.<Integer>getAs(LayerMomentsTable.LAYER) == layer)
        .findFirst()
        .orElseThrow(
            () ->
                GradzooException.data(
                    "gradients verify: member %s: layer %d: expected moments, found none (fix: run gradzoo gradients compute)"
                        .formatted(stored.memberId(), layer)));
  }

  /** The largest difference relative to the largest number; recorded if it is too large. */
  private double difference(int layer, String what, float[] again, float[] found) {
    double scale = 0;
    double worst = found.length == again.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(again.length, found.length); i++) {
      scale = Math.max(scale, Math.abs(again[i]));
      double difference = Math.abs((double) again[i] - found[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    double relative = worst == 0 ? 0 : worst / Math.max(scale, Float.MIN_NORMAL);
    if (relative > TOLERANCE) {
      problems.add(
          String.format(
              Locale.ROOT,
              "gradients verify: member %s: %s set, layer %d: expected %s to be equal to %.0e, found a difference of %.1e"
                  + " (fix: run gradzoo gradients compute)",
              stored.memberId(),
              stored.role(),
              layer,
              what,
              TOLERANCE,
              relative));
    }
    return relative;
  }
}
