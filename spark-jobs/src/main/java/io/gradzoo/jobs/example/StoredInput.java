package io.gradzoo.jobs.example;

import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.MemberGradients;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.StoredFactors;
import io.gradzoo.jobs.table.StoredTokens;
import io.gradzoo.jobs.table.StoredWeights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    List<Row> chunks = JavaConverters.seqAsJavaList(row.<Seq<Row>>getAs(LAYERS));
    float[] numbers = input.of(new StoredGradients(row, chunks, input.samples()));
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw ExampleSource.fault(row, "finite activations and signals", number);
      }
    }
    return numbers;
  }

  /**
   * The form of a row.
   *
   * @param chunks rows of {@code layer_factors}, by layer and sample offset
   * @param samples that a set must have
   */
  private record StoredGradients(Row row, List<Row> chunks, int samples)
      implements MemberGradients {
    @Override
    public float[] weights() {
      return StoredWeights.of(row);
    }

    @Override
    public GradientSet layers() {
      return set(layers -> List.of());
    }

    @Override
    public GradientSet maps() {
      return set(layers -> layers.stream().map(LayerGradients::moments).toList());
    }

    @Override
    public TokenSet tokens() {
      TransformerArchitecture architecture = TransformerArchitecture.parse(architecture());
      StoredTokens stored = StoredTokens.of(architecture, chunks);
      requireSamples(stored.sequences().size());
      try {
        return new TokenSet(architecture, stored.layers());
      } catch (IllegalArgumentException e) {
        throw ExampleSource.fault(row, "factors of every token", e.getMessage());
      }
    }

    private GradientSet set(Function<List<LayerGradients>, List<LayerMoments>> moments) {
      LayeredArchitecture architecture = LayeredArchitecture.parse(architecture());
      List<LayerGradients> layers = new ArrayList<>();
      for (AffineLayer layer : architecture.affineLayers()) {
        LayerGradients gradients = StoredFactors.of(layer, chunks);
        requireSamples(gradients.samples());
        layers.add(gradients);
      }
      return new GradientSet(
          architecture,
          Floats.of(row, GradientSetsTable.SAMPLE_LOSS),
          layers,
          moments.apply(layers),
          row.<Double>getAs(GradientSetsTable.MEAN_GRADIENT_ERROR));
    }

    private String architecture() {
      return row.getAs(GradientSetsTable.ARCHITECTURE);
    }

    private void requireSamples(int found) {
      if (found != samples) {
        throw ExampleSource.fault(row, "a gradient set of %d samples".formatted(samples), found);
      }
    }
  }
}
