package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * StatNN with a perceptron (Unterthiner et al. 2020): it reads {@link WeightStatistics}, which no
 * permutation inside a tensor changes, and no more. Its examples are those statistics.
 */
public final class StatNn implements Metanetwork {
  private static final int GROUP = 64;

  private final int tensors;
  private final ParameterLayout layout = new ParameterLayout();
  private final Mlp mlp;

  /**
   * @param tensors weights and biases of every target network
   * @param width hidden width
   * @param outputs numbers that it says of a network
   */
  public StatNn(int tensors, int width, int outputs) {
    this.tensors = tensors;
    this.mlp =
        Mlp.register(
            layout,
            "mlp",
            WeightStatistics.count(tensors),
            outputs,
            new Mlp.Style(width, true, 0f));
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
    Tensor x = input(tape, architecture, tensors);
    return new Recording(writer(x), List.of(mlp.apply(tape, x)));
  }

  /** A row of statistics of a network that has so many tensors. */
  static Tensor input(Tape tape, Architecture architecture, int tensors) {
    int found = architecture.tensors().size();
    if (found != tensors) {
      throw Fault.of("StatNN")
          .at("network " + architecture.id())
          .expected("%d tensors, as this StatNN reads", tensors)
          .found(found)
          .exception();
    }
    return tape.input(1, WeightStatistics.count(tensors));
  }

  static Program.ExampleWriter writer(Tensor x) {
    return (slot, example) -> {
      float[] statistics = example.features();
      System.arraycopy(statistics, 0, x.values(), slot * statistics.length, statistics.length);
    };
  }
}
