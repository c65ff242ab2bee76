package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.jobs.family.MemberFamily;
import java.util.Locale;
import java.util.Optional;

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
  default void requireFitted(Architecture architecture, Optional<Shape> image) {
    LayeredArchitecture layers = LayeredArchitecture.from(architecture);
    int channels = image.map(Shape::channels).orElse(layers.outputs());
    if (!layers.dense() || layers.input().size() != 2 || layers.outputs() != channels) {
      throw Fault.here()
          .expected("dense layers with 2 inputs and an output for each channel")
          .found(architecture.id())
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
}
