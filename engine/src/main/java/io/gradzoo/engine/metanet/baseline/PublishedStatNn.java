package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * StatNN as it stands in the published comparisons (Zhou et al., Permutation Equivariant Neural
 * Functionals, 2023, which ScaleGMN repeats): {@link WeightStatistics}, two hidden layers of 1,000
 * rectifiers without normalisation, one output that is read as a share. Its examples are those
 * statistics.
 */
public final class PublishedStatNn implements Metanetwork {
  private static final int WIDTH = 1000;
  private static final int GROUP = 64;

  private final int tensors;
  private final ParameterLayout layout = new ParameterLayout();
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();

  /**
   * @param tensors weights and biases of every target network
   */
  public PublishedStatNn(int tensors) {
    this.tensors = tensors;
    int[] widths = {WeightStatistics.count(tensors), WIDTH, WIDTH, 1};
    for (int layer = 1; layer < widths.length; layer++) {
      Initialization initial = Initialization.linear(widths[layer - 1]);
      weights.add(layout.add("fc." + layer + ".weight", initial, widths[layer], widths[layer - 1]));
      biases.add(layout.add("fc." + layer + ".bias", initial, widths[layer]));
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int groupSize(Architecture architecture) {
    return GROUP;
  }

  @Override
  public Recording record(Tape tape, Architecture architecture) {
    Tensor x = StatNn.input(tape, architecture, tensors);
    Tensor hidden = x;
    for (int layer = 0; layer < weights.size() - 1; layer++) {
      hidden = tape.relu(affine(tape, layer, hidden));
    }
    return new Recording(StatNn.writer(x), List.of(affine(tape, weights.size() - 1, hidden)));
  }

  private Tensor affine(Tape tape, int layer, Tensor x) {
    return tape.affine(weights.get(layer).matrix(), biases.get(layer), x);
  }
}
