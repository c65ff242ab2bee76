package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.StoredFactors;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** A stored gradient set of a network of layers. */
record StoredLayers(LayeredArchitecture architecture, Row set, List<Row> factors, int samples)
    implements MemberGradients {
  @Override
  public float[] weights() {
    return StoredWeights.of(set);
  }

  @Override
  public GradientSet layers() {
    return set(layers -> List.of());
  }

  @Override
  public GradientSet maps() {
    return set(layers -> layers.stream().map(LayerGradients::moments).toList());
  }

  private GradientSet set(Function<List<LayerGradients>, List<LayerMoments>> moments) {
    List<LayerGradients> layers = new ArrayList<>();
    for (AffineLayer layer : architecture.affineLayers()) {
      LayerGradients gradients = StoredFactors.of(layer, factors);
      requireSamples(gradients.samples());
      layers.add(gradients);
    }
    return new GradientSet(
        architecture,
        Floats.of(set, GradientSetsTable.SAMPLE_LOSS),
        layers,
        moments.apply(layers),
        set.<Double>getAs(GradientSetsTable.MEAN_GRADIENT_ERROR));
  }

  private void requireSamples(int found) {
    if (found != samples) {
      throw Fault.here().expected("a gradient set of %d samples", samples).found(found).exception();
    }
  }
}
