package io.gradzoo.jobs.family.transformer;

import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.table.FactorCells;
import io.gradzoo.jobs.table.LayerFactorsTable.FactorsRow;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import io.gradzoo.jobs.table.StoredTokens;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Of a stage of a transformer. */
record TokenPart(
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

  /** A key's bias has no gradient but rounding. */
  @Override
  public boolean oneScale() {
    return true;
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
