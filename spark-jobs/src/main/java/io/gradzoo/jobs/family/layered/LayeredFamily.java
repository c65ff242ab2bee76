package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.LayerSize;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.family.ProbeSamples;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.family.WeightChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** What families of networks of dense and convolution layers have in common. */
public interface LayeredFamily extends MemberFamily {

  /** Whether an architecture of layers is of the family. */
  boolean has(LayeredArchitecture architecture);

  @Override
  default boolean has(Architecture architecture) {
    return architecture instanceof LayeredArchitecture layers && has(layers);
  }

  @Override
  default boolean choosesActivation() {
    return true;
  }

  @Override
  default boolean dropsOut() {
    return true;
  }

  @Override
  default boolean readsPoints() {
    return true;
  }

  @Override
  default boolean hasOutputSignal() {
    return true;
  }

  @Override
  default String depthName() {
    return "depth";
  }

  @Override
  default String patternOf(Enum<?> activation) {
    return activation.name().toLowerCase(Locale.ROOT) + "%";
  }

  @Override
  default void requireTrainable(Architecture architecture, String set, Shape image, int classes) {
    LayeredArchitecture layers = LayeredArchitecture.from(architecture);
    if (layers.input().size() != image.size() || layers.outputs() != classes) {
      throw Fault.here()
          .expected("%d inputs and %d outputs for %s", image.size(), classes, set)
          .found("%d and %d", layers.input().size(), layers.outputs())
          .exception();
    }
  }

  @Override
  default TrainableNetwork trainable(Architecture architecture, Shape image) {
    return new TrainableLayers(LayeredArchitecture.from(architecture));
  }

  @Override
  default void requireRandom(Architecture architecture) {}

  @Override
  default float[] random(Architecture architecture, long seed) {
    return GaussianNetwork.parameters(LayeredArchitecture.from(architecture), seed);
  }

  @Override
  default Optional<Integer> inputs(Architecture architecture) {
    return Optional.of(LayeredArchitecture.from(architecture).input().size());
  }

  @Override
  default List<LayerSize> sizes(Architecture architecture, ConvolutionStorage convolutions) {
    return LayeredArchitecture.from(architecture).affineLayers().stream()
        .map(layer -> LayerSizes.of(layer, convolutions))
        .toList();
  }

  @Override
  default Extraction extraction(Architecture architecture, ConvolutionForm form) {
    GradientExtraction workspace =
        new GradientExtraction(LayeredArchitecture.from(architecture), form);
    return (parameters, probe, signal) -> {
      GradientSet set = workspace.extract(parameters, 0, probe.inputs(), probe.samples(), signal);
      List<LayerPart> parts = new ArrayList<>();
      for (int layer = 0; layer < set.layers().size(); layer++) {
        parts.add(new AffinePart(set.layers().get(layer), set.moments().get(layer)));
      }
      return new Chunk(set.values(), set.discrepancy(), parts);
    };
  }

  /** Of networks whose layers are all dense. */
  @Override
  default Optional<Degeneracy> degeneracy(Architecture architecture, List<LayerPart> parts) {
    LayeredArchitecture layers = LayeredArchitecture.from(architecture);
    if (!layers.dense()) {
      return Optional.empty();
    }
    List<DenseFactors> factors =
        parts.stream().map(part -> (DenseFactors) ((AffinePart) part).gradients()).toList();
    return Optional.of(Degeneracy.of(layers, factors));
  }

  @Override
  default MemberGradients stored(
      Architecture architecture, Row set, List<Row> factors, int samples) {
    return new StoredLayers(LayeredArchitecture.from(architecture), set, factors, samples);
  }

  @Override
  default MemberGradients taken(
      Architecture architecture, float[] weights, ProbeSamples probe, Signal signal) {
    return new TakenLayers(LayeredArchitecture.from(architecture), weights, probe, signal);
  }

  @Override
  default Optional<WeightChange> change(Transformation transformation, Enum<?> activation) {
    return LayerChanges.of(transformation, activation);
  }
}
