package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.DeviceGradients;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.FamilyGradients;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.LayerSize;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.family.ProbeSamples;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.family.WeightChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Gradients and changes of networks of dense and convolution layers. */
public record LayeredGradients() implements FamilyGradients {
  @Override
  public boolean has(Architecture architecture) {
    return architecture instanceof LayeredArchitecture;
  }

  @Override
  public List<LayerSize> sizes(Architecture architecture, ConvolutionStorage convolutions) {
    return LayeredArchitecture.from(architecture).affineLayers().stream()
        .map(layer -> LayerSizes.of(layer, convolutions))
        .toList();
  }

  @Override
  public Extraction extraction(Architecture architecture, ConvolutionForm form) {
    GradientExtraction workspace =
        new GradientExtraction(LayeredArchitecture.from(architecture), form);
    return of ->
        chunk(
            workspace.extract(
                of.parameters(), 0, of.probe().inputs(), of.probe().samples(), of.signal()));
  }

  @Override
  public Optional<DeviceGradients> onDevices() {
    return Optional.of(LayersOnDevice::open);
  }

  static Chunk chunk(GradientSet set) {
    List<LayerPart> parts = new ArrayList<>();
    for (int layer = 0; layer < set.layers().size(); layer++) {
      parts.add(new AffinePart(set.layers().get(layer), set.moments().get(layer)));
    }
    return new Chunk(set.values(), set.discrepancy(), parts);
  }

  /** Of networks whose layers are all dense. */
  @Override
  public Optional<Degeneracy> degeneracy(Architecture architecture, List<LayerPart> parts) {
    LayeredArchitecture layers = LayeredArchitecture.from(architecture);
    if (!layers.dense()) {
      return Optional.empty();
    }
    List<DenseFactors> factors =
        parts.stream().map(part -> (DenseFactors) ((AffinePart) part).gradients()).toList();
    return Optional.of(Degeneracy.of(layers, factors));
  }

  @Override
  public MemberGradients stored(
      Architecture architecture, Row set, List<Row> factors, int samples) {
    return new StoredLayers(LayeredArchitecture.from(architecture), set, factors, samples);
  }

  @Override
  public MemberGradients taken(
      Architecture architecture, float[] weights, ProbeSamples probe, Signal signal) {
    return new TakenLayers(LayeredArchitecture.from(architecture), weights, probe, signal);
  }

  @Override
  public Optional<WeightChange> change(Transformation transformation, Enum<?> activation) {
    return LayerChanges.of(transformation, activation);
  }
}
