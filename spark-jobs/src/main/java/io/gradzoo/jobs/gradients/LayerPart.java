package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.table.FactorCells;
import io.gradzoo.jobs.table.LayerFactorsTable.FactorsRow;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import io.gradzoo.jobs.table.StoredFactors;
import io.gradzoo.jobs.table.StoredTokens;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Gradients of a chunk in one layer that has parameters, of whatever family the network is. */
sealed interface LayerPart {

  /** Position among the layers, in the order of the flat parameters. */
  int index();

  /** Samples of the chunk. */
  int samples();

  LayerMoments moments();

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

  /** Of a network of dense and convolution layers. */
  record OfLayer(LayerGradients gradients, LayerMoments moments) implements LayerPart {
    @Override
    public int index() {
      return gradients.layer().index();
    }

    @Override
    public int samples() {
      return gradients.samples();
    }

    @Override
    public FactorCells cells() {
      return FactorCells.of(gradients);
    }

    @Override
    public FactorsRow factors(String set, int offset) {
      return FactorsRow.of(set, offset, gradients);
    }

    @Override
    public MomentsRow row(String set, int setSamples, LayerMoments ofSet) {
      return MomentsRow.of(set, gradients.layer(), setSamples, ofSet);
    }

    @Override
    public Optional<float[]> meanOf(List<Row> stored) {
      return gradients instanceof DenseFactors
          ? Optional.of(StoredFactors.dense(gradients.layer(), stored).moments().meanWeight())
          : Optional.empty();
    }
  }

  /** Of a transformer. */
  record OfTokens(
      TransformerArchitecture architecture, TokenGradients gradients, LayerMoments moments)
      implements LayerPart {
    @Override
    public int index() {
      return gradients.layer().index();
    }

    @Override
    public int samples() {
      return gradients.sequences().size();
    }

    @Override
    public FactorCells cells() {
      return FactorCells.of(gradients);
    }

    @Override
    public FactorsRow factors(String set, int offset) {
      return FactorsRow.of(set, offset, architecture.positions(), gradients);
    }

    @Override
    public MomentsRow row(String set, int setSamples, LayerMoments ofSet) {
      return MomentsRow.of(set, gradients.layer(), gradients.kind(), setSamples, ofSet);
    }

    @Override
    public Optional<float[]> meanOf(List<Row> stored) {
      TokenGradients factors = StoredTokens.of(architecture, stored).layer(gradients.layer());
      int count = factors.sequences().size();
      float[] gradient = new float[architecture.parameterCount()];
      double[] sums = new double[moments.meanWeight().length];
      for (int n = 0; n < count; n++) {
        factors.sampleGradient(n, gradient);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += gradient[gradients.layer().offset() + i];
        }
      }
      float[] mean = new float[sums.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (sums[i] / count);
      }
      return Optional.of(mean);
    }
  }
}
