package io.gradzoo.jobs.training;

import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.StoredFactors;
import io.gradzoo.jobs.table.StoredTokens;
import io.gradzoo.jobs.table.StoredWeights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Reads what a model reads out of a row of {@code gradient_sets} with the rows of its factors, and
 * the member's weights where they are wanted.
 *
 * @param input what the model reads
 */
record StoredInput(GradientInput input) implements Serializable {
  /** Column with the rows of {@code layer_factors}, by layer and sample offset. */
  static final String LAYERS = "layers";

  /**
   * The numbers of a row's member.
   *
   * @throws GradzooException exit code 3, naming the member, if the row holds something else
   */
  float[] of(Row row) {
    TargetArchitecture architecture =
        Architectures.parse(row.getAs(GradientSetsTable.ARCHITECTURE));
    List<Row> chunks = JavaConverters.seqAsJavaList(row.<Seq<Row>>getAs(LAYERS));
    float[] numbers =
        architecture instanceof TransformerArchitecture transformer
            ? ofTokens(row, transformer, chunks)
            : ofLayers(row, (Architecture) architecture, chunks);
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw ExampleSource.fault(row, "finite activations and signals", number);
      }
    }
    return numbers;
  }

  private float[] ofTokens(Row row, TransformerArchitecture architecture, List<Row> chunks) {
    StoredTokens stored = StoredTokens.of(architecture, chunks);
    requireSamples(row, stored.sequences().size());
    try {
      return input.of(architecture, stored.layers());
    } catch (IllegalArgumentException e) {
      throw ExampleSource.fault(row, "factors of every token", e.getMessage());
    }
  }

  private void requireSamples(Row row, int found) {
    if (found != input.samples()) {
      throw ExampleSource.fault(
          row, "a gradient set of %d samples".formatted(input.samples()), found);
    }
  }

  private float[] ofLayers(Row row, Architecture architecture, List<Row> chunks) {
    List<LayerGradients> layers = new ArrayList<>();
    for (AffineLayer layer : architecture.affineLayers()) {
      LayerGradients gradients = StoredFactors.of(layer, chunks);
      requireSamples(row, gradients.samples());
      layers.add(gradients);
    }
    GradientSet set =
        new GradientSet(
            architecture,
            Floats.of(row, GradientSetsTable.SAMPLE_LOSS),
            layers,
            moments(layers),
            row.<Double>getAs(GradientSetsTable.MEAN_GRADIENT_ERROR));
    return input.of(input.readsWeights() ? StoredWeights.of(row) : new float[0], set);
  }

  private List<LayerMoments> moments(List<LayerGradients> layers) {
    return input.form() == GradientInput.Form.MAPS
        ? layers.stream().map(LayerGradients::moments).toList()
        : List.of();
  }
}
