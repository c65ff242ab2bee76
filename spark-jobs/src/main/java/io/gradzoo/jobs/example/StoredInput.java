package io.gradzoo.jobs.example;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import io.gradzoo.jobs.model.GradientInput;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads a model's input from a row of {@code gradient_sets} with its rows of factors and, where
 * needed, the member's weights.
 *
 * @param input what the model reads
 */
record StoredInput(GradientInput input) implements Serializable {
  /** Column with the rows of {@code layer_factors}, by layer and sample offset. */
  static final String LAYERS = "layers";

  /**
   * The parts of a row's member.
   *
   * @throws IllegalArgumentException if the row holds something else
   * @throws GradzooException exit code 3 if factors are missing, or weights not what they should be
   */
  ExampleParts read(Row row, Architecture architecture) {
    List<Row> factors = row.getAs(LAYERS);
    return input.read(
        BuiltInGradients.of(architecture).stored(architecture, row, factors, input.samples()));
  }
}
