package io.gradzoo.jobs.family;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.jobs.table.FactorCells;
import io.gradzoo.jobs.table.LayerFactorsTable.FactorsRow;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Gradients of a chunk in one layer that has parameters, of whatever family the network is. */
public interface LayerPart {

  /** Position among the layers, in the order of the flat parameters. */
  int index();

  /** Samples of the chunk. */
  int samples();

  /** Means over the chunk. */
  LayerMoments moments();

  /** Whether the layer is a convolution. */
  default boolean convolution() {
    return false;
  }

  /** The full gradients of a convolution's samples, if they are what was taken. */
  default Optional<ConvolutionGradients> fullGradients() {
    return Optional.empty();
  }

  /**
   * Whether rounding in the moments of biases is of the size of the weights': where some biases
   * have no gradient but rounding.
   */
  default boolean oneScale() {
    return false;
  }

  /** Its numbers as {@code layer_factors} has them. */
  FactorCells cells();

  /**
   * Its row of {@code layer_factors}.
   *
   * @param offset first sample of the chunk
   */
  FactorsRow factors(String set, int offset);

  /** The row of {@code layer_moments} of a whole set in this layer. */
  MomentsRow row(String set, int setSamples, LayerMoments ofSet);

  /**
   * The mean gradient of the weights by the factors that are stored.
   *
   * @param stored rows of {@code layer_factors} of the whole set, by sample offset
   * @return nothing if the layer's are not factors of one rank for each sample or token
   */
  Optional<float[]> meanOf(List<Row> stored);
}
