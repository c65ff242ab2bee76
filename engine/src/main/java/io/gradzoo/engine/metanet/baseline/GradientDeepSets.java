package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * DeepSets (Zaheer et al. 2017) on a set of gradients: the features of all neurons of a sample are
 * one vector, embedded by a perceptron and averaged over the set; a perceptron reads the average.
 * Invariant to the order of the samples, blind to permutations of neurons (the neuron-asymmetric
 * baseline of GradMetaNet §7.1).
 *
 * <p>Its examples are neuron features [setSize, N, 2]; its result is one number for every parameter
 * in the flat layout.
 */
public final class GradientDeepSets implements LayerMetanetwork {
  private final GradientDeepSetsSpec spec;
  private final int inputs;
  private final ParameterLayout layout = new ParameterLayout();
  private final Mlp sample;
  private final Mlp global;

  GradientDeepSets(GradientDeepSetsSpec spec) {
    this.spec = spec;
    LayeredArchitecture architecture = spec.architecture();
    int neurons =
        architecture.input().size()
            + architecture.affineLayers().stream().mapToInt(layer -> layer.out()).sum();
    this.inputs = 2 * neurons;
    Mlp.Style style = new Mlp.Style(spec.width(), false, 0f);
    this.sample = Mlp.register(layout, "sample", inputs, spec.width(), style);
    this.global =
        Mlp.register(layout, "global", spec.width(), architecture.parameterCount(), style);
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  /** One: a set of gradients is a batch in itself. */
  @Override
  public int groupSize(LayeredArchitecture architecture) {
    return 1;
  }

  @Override
  public Recording record(Tape tape, LayeredArchitecture architecture) {
    if (!architecture.equals(spec.architecture())) {
      throw Fault.of("DeepSets")
          .at("network " + architecture)
          .expected("gradient sets of %s, as this DeepSets reads", spec.architecture())
          .found("another architecture")
          .exception();
    }
    Tensor x = tape.input(spec.setSize(), inputs);
    Tensor mean = tape.meanRows(sample.apply(tape, x));
    int numbers = spec.setSize() * inputs;
    return new Recording(
        (slot, example) ->
            System.arraycopy(example.features(), 0, x.values(), slot * numbers, numbers),
        List.of(global.apply(tape, mean)));
  }
}
