package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import io.gradzoo.jobs.table.FactorCells;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A stored gradient set taken again and compared: weights by their hash, losses, factors and
 * moments by their largest difference relative to the largest number of the column, and the stored
 * moments with the mean of the stored factors.
 */
final class Replay {
  private static final double TOLERANCE = 1e-5;

  private final StoredSet stored;
  private final SetDefinition definition;
  private final List<Fault> faults = new ArrayList<>();
  private double factors;
  private double moments;
  private double means;

  private Replay(StoredSet stored) {
    this.stored = stored;
    this.definition = stored.definition();
  }

  /**
   * Takes the set again.
   *
   * @throws GradzooException exit code 3 if the rows do not describe a set at all
   */
  static Comparison of(StoredSet stored) {
    Replay replay = new Replay(stored);
    replay.compareHashes();
    Chunk again = replay.again();
    replay.compare(again);
    return new Comparison(
        stored.gradientSetId(),
        stored.memberId(),
        stored.role(),
        replay.factors,
        replay.moments,
        replay.means,
        degeneracy(replay.definition.architecture(), again),
        List.copyOf(replay.faults));
  }

  /** What is degenerate in a set; null where that is not looked for. */
  private static Degeneracy degeneracy(Architecture architecture, Chunk again) {
    return BuiltInGradients.of(architecture).degeneracy(architecture, again.parts()).orElse(null);
  }

  /** The set is of the current weights of the members, whose hash is the stored one. */
  private void compareHashes() {
    String found = stored.member().weights().sha256();
    String expected = stored.set().member().weights().sha256();
    if (!found.equals(expected)) {
      faults.add(member().expected("weights of SHA-256 %s", expected).found(found));
    }
  }

  private Chunk again() {
    boolean maps =
        stored.factors().stream()
            .anyMatch(
                row ->
                    row.<String>getAs(LayerFactorsTable.KIND).equals(LayerFactorsTable.CONV_MAPS));
    Extraction workspace =
        BuiltInGradients.of(definition.architecture())
            .extraction(
                definition.architecture(),
                maps ? ConvolutionForm.FACTORS : ConvolutionForm.GRADIENTS);
    return new SetExtraction(definition, definition.probe().samples(), workspace).next();
  }

  private void compare(Chunk again) {
    difference(0, GradientSetsTable.SAMPLE_LOSS, again.values(), stored.set().sampleLoss());
    for (LayerPart part : again.parts()) {
      compareFactors(part);
      compareLowRank(part);
      compareMoments(part);
    }
  }

  private void compareFactors(LayerPart again) {
    List<Row> rows = ofLayer(again.index(), stored.factors(), LayerFactorsTable.LAYER);
    if (rows.isEmpty()) {
      return;
    }
    FactorCells cells = again.cells();
    FactorCells found = FactorCells.joined(rows);
    int layer = again.index();
    factors(layer, LayerFactorsTable.A, cells.a(), found.a());
    factors(layer, LayerFactorsTable.G, cells.g(), found.g());
    factors(layer, LayerFactorsTable.DW, cells.dw(), found.dw());
    factors(layer, LayerFactorsTable.DB, cells.db(), found.db());
    factors(layer, LayerFactorsTable.IDS, floats(cells.ids()), floats(found.ids()));
    try {
      again.meanOf(stored.factors()).ifPresent(mean -> compareMeans(again.index(), mean));
    } catch (IllegalArgumentException e) {
      faults.add(member().because(e));
    }
  }

  private static float[] floats(int[] numbers) {
    if (numbers == null) {
      return null;
    }
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers[i];
    }
    return floats;
  }

  private static List<Row> ofLayer(int layer, List<Row> rows, String column) {
    return rows.stream().filter(row -> row.<Integer>getAs(column) == layer).toList();
  }

  private void compareLowRank(LayerPart again) {
    List<Row> rows = ofLayer(again.index(), stored.lowRank(), LayerLowRankTable.LAYER);
    if (!rows.isEmpty()) {
      again
          .fullGradients()
          .ifPresent(
              full ->
                  new LowRankReplay(full, rows)
                      .compare(
                          (column, expected, found) ->
                              factors =
                                  Math.max(
                                      factors,
                                      difference(again.index(), column, expected, found))));
    }
  }

  private void factors(int layer, String column, float[] again, float[] found) {
    if (again != null) {
      float[] present = found == null ? new float[0] : found;
      factors = Math.max(factors, difference(layer, column, again, present));
    }
  }

  /** The mean of stored factors against the stored mean. */
  private void compareMeans(int layer, float[] ofFactors) {
    float[] found = momentsOf(layer).meanWeight();
    means = Math.max(means, difference(layer, "mean of the factors", ofFactors, found));
  }

  /** Those of biases by the weights' scale where they may have none of their own. */
  private void compareMoments(LayerPart part) {
    LayerMoments again = part.moments();
    LayerMoments found = momentsOf(part.index());
    float[][] weights = {again.meanWeight(), again.meanSquaredWeight()};
    float[][] biases = {again.meanBias(), again.meanSquaredBias()};
    float[][] foundWeights = {found.meanWeight(), found.meanSquaredWeight()};
    float[][] foundBiases = {found.meanBias(), found.meanSquaredBias()};
    String[] weightColumns = {LayerMomentsTable.MEAN_DW, LayerMomentsTable.MEAN_DW2};
    String[] biasColumns = {LayerMomentsTable.MEAN_DB, LayerMomentsTable.MEAN_DB2};
    for (int i = 0; i < 2; i++) {
      double ofWeights = largest(weights[i]);
      double ofBiases =
          part.oneScale() ? Math.max(ofWeights, largest(biases[i])) : largest(biases[i]);
      moment(part.index(), weightColumns[i], weights[i], foundWeights[i], ofWeights);
      moment(part.index(), biasColumns[i], biases[i], foundBiases[i], ofBiases);
    }
  }

  private void moment(int layer, String column, float[] again, float[] found, double scale) {
    moments = Math.max(moments, difference(layer, column, again, found, scale));
  }

  private LayerMoments momentsOf(int layer) {
    return stored.moments().stream()
        .filter(row -> row.layer() == layer)
        .findFirst()
        .map(MomentsRow::moments)
        .orElseThrow(
            () ->
                GradzooException.data(
                    member().at("layer %d", layer).expected("moments").found("none")));
  }

  /** The largest difference relative to the largest number; recorded if it is too large. */
  private double difference(int layer, String what, float[] again, float[] found) {
    return difference(layer, what, again, found, largest(again));
  }

  private static double largest(float[] numbers) {
    double largest = 0;
    for (float number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  /** Likewise, relative to a scale. */
  private double difference(int layer, String what, float[] again, float[] found, double scale) {
    double worst = found.length == again.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(again.length, found.length); i++) {
      double difference = Math.abs((double) again[i] - found[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    double relative = worst == 0 ? 0 : worst / Math.max(scale, Float.MIN_NORMAL);
    if (relative > TOLERANCE) {
      faults.add(
          member()
              .at("%s set, layer %d", stored.role(), layer)
              .expected("%s to be equal to %.0e", what, TOLERANCE)
              .found("a difference of %.1e", relative));
    }
    return relative;
  }

  private Fault member() {
    return Fault.of("gradients verify")
        .at("member " + stored.memberId())
        .fix("run gradzoo gradients compute");
  }
}
