package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.gradient.transformer.TransformerGradientExtraction;
import io.gradzoo.engine.gradient.transformer.TransformerGradientSet;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.ImageTokens;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import java.util.ArrayList;
import java.util.List;

/** Takes gradients of networks of one architecture, in a workspace of its own. */
@FunctionalInterface
interface Extraction {

  /**
   * The gradients of one network.
   *
   * @param parameters flat
   * @param part samples of a probe set
   * @param signal what is differentiated
   * @throws IllegalArgumentException if samples, targets or parameters do not fit the architecture
   */
  Chunk take(float[] parameters, ProbeSet part, Signal signal);

  /**
   * A workspace for networks of an architecture.
   *
   * @param form in which gradients of convolutions are taken
   */
  static Extraction of(Architecture architecture, ConvolutionForm form) {
    if (architecture instanceof TransformerArchitecture transformer) {
      TransformerGradientExtraction workspace = new TransformerGradientExtraction(transformer);
      return (parameters, part, signal) ->
          ofTokens(workspace, transformer, parameters, part, signal);
    }
    GradientExtraction workspace = new GradientExtraction((LayeredArchitecture) architecture, form);
    return (parameters, part, signal) ->
        ofLayers(workspace.extract(parameters, 0, part.inputs(), part.samples(), signal));
  }

  private static Chunk ofLayers(GradientSet set) {
    List<LayerPart> parts = new ArrayList<>();
    for (int layer = 0; layer < set.layers().size(); layer++) {
      parts.add(new LayerPart.OfLayer(set.layers().get(layer), set.moments().get(layer)));
    }
    return new Chunk(set.values(), set.discrepancy(), parts);
  }

  private static Chunk ofTokens(
      TransformerGradientExtraction workspace,
      TransformerArchitecture architecture,
      float[] parameters,
      ProbeSet part,
      Signal signal) {
    ImageTokens reading = new ImageTokens(part.imageShape(), architecture);
    TransformerGradientSet set =
        workspace.extract(parameters, 0, reading.sequences(part.inputs(), part.samples()), signal);
    List<LayerMoments> moments = set.moments();
    List<LayerPart> parts = new ArrayList<>();
    for (TokenGradients stage : set.layers()) {
      parts.add(new LayerPart.OfTokens(architecture, stage, moments.get(stage.layer().index())));
    }
    return new Chunk(set.values(), set.discrepancy(), parts);
  }
}
