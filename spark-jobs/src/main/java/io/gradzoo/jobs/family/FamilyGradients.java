package io.gradzoo.jobs.family;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What depends on the layout of the networks of one or more families: their gradients, which are
 * computed, stored and read, and transformations of their weights. Its implementations are records
 * without components.
 */
public interface FamilyGradients {
  /** Whether an architecture is of the layout. */
  boolean has(Architecture architecture);

  /** What the gradients of each layer take, in the order of the layers. */
  List<LayerSize> sizes(Architecture architecture, ConvolutionStorage convolutions);

  /**
   * A workspace that takes gradients of networks of an architecture.
   *
   * @param form in which gradients of convolutions are taken
   */
  Extraction extraction(Architecture architecture, ConvolutionForm form);

  /** How a device takes them; nothing if the CPU alone does. */
  default Optional<DeviceGradients> onDevices() {
    return Optional.empty();
  }

  /** What is degenerate in a gradient set; nothing if that is not looked for. */
  Optional<Degeneracy> degeneracy(Architecture architecture, List<LayerPart> parts);

  /**
   * A stored gradient set.
   *
   * @param set its row of {@code gradient_sets}, with the member's columns if weights are wanted
   * @param factors its rows of {@code layer_factors}, by layer and sample offset
   * @param samples that it must have; its parts throw an IllegalArgumentException if it has others
   */
  MemberGradients stored(Architecture architecture, Row set, List<Row> factors, int samples);

  /**
   * A gradient set that is computed on demand.
   *
   * @param weights flat
   */
  MemberGradients taken(
      Architecture architecture, float[] weights, ProbeSamples probe, Signal signal);

  /**
   * A change of weights.
   *
   * @param activation of the networks that are changed
   * @return nothing if such networks know no such change
   */
  Optional<WeightChange> change(Transformation transformation, Enum<?> activation);
}
