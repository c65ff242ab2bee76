package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A perceptron of all parameters in their order: the baseline that knows no symmetry. It reads
 * zeros behind the parameters of a network that has fewer than the largest.
 */
public final class FlatMlp implements Metanetwork {
  private static final int GROUP = 64;

  private final int inputs;
  private final ParameterLayout layout = new ParameterLayout();
  private final Mlp mlp;

  /**
   * @param inputs parameters of the largest target network
   * @param width hidden width
   * @param outputs numbers that it says of a network
   */
  public FlatMlp(int inputs, int width, int outputs) {
    this.inputs = inputs;
    this.mlp = Mlp.register(layout, "mlp", inputs, outputs, new Mlp.Style(width, true, 0f));
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
    int count = architecture.parameterCount();
    if (count > inputs) {
      throw Fault.of("flat MLP")
          .at("network " + architecture.id())
          .expected("at most %d parameters, as this perceptron reads", inputs)
          .found(count)
          .exception();
    }
    Tensor x = tape.input(1, inputs);
    return new Recording(
        (slot, example) -> {
          System.arraycopy(example.weights(), 0, x.values(), slot * inputs, count);
          Arrays.fill(x.values(), slot * inputs + count, (slot + 1) * inputs, 0f);
        },
        List.of(mlp.apply(tape, x)));
  }
}
