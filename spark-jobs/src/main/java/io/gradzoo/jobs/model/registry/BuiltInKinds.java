package io.gradzoo.jobs.model.registry;

import io.gradzoo.jobs.model.Kinds;
import io.gradzoo.jobs.model.convolution.ConvolutionKind;
import io.gradzoo.jobs.model.deepsets.DeepSetsKind;
import io.gradzoo.jobs.model.gradmetanet.GradMetaNetKind;
import io.gradzoo.jobs.model.hybrid.HybridKind;
import io.gradzoo.jobs.model.hybrid.HybridPlusPlusKind;
import io.gradzoo.jobs.model.neuronmlp.NeuronMlpKind;
import io.gradzoo.jobs.model.plusplus.PlusPlusKind;
import io.gradzoo.jobs.model.scalegmn.ScaleGmnKind;
import io.gradzoo.jobs.model.transformer.TransformerKind;
import java.util.List;

/** The kinds of metanetworks that every config may name. */
public final class BuiltInKinds {
  /** All of them, in the order of messages. */
  public static final Kinds ALL =
      new Kinds(
          List.of(
              new ScaleGmnKind(),
              new GradMetaNetKind(),
              new PlusPlusKind(),
              new ConvolutionKind(),
              new TransformerKind(),
              new HybridKind(),
              new HybridPlusPlusKind(),
              new DeepSetsKind(),
              new NeuronMlpKind()));

  private BuiltInKinds() {}
}
