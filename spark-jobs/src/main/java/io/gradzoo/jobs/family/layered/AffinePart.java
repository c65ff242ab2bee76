package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.table.FactorCells;
import io.gradzoo.jobs.table.LayerFactorsTable.FactorsRow;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import io.gradzoo.jobs.table.StoredFactors;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Of a dense or convolution layer. */
record AffinePart(LayerGradients gradients, LayerMoments moments) implements LayerPart {
  @Override
  public int index() {
    return gradients.layer().index();
  }

  @Override
  public int samples() {
    return gradients.samples();
  }

  @Override
  public boolean convolution() {
    return gradients.layer().convolution();
  }

  @Override
  public Optional<ConvolutionGradients> fullGradients() {
    return gradients instanceof ConvolutionGradients full ? Optional.of(full) : Optional.empty();
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
