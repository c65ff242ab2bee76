package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TensorRange;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * DeepSets (Zaheer et al. 2017) on the parameters of a network: each tensor is the set of its
 * numbers, embedded one by one by a perceptron of its own and averaged; a perceptron reads the
 * averages. Invariant to far more than permutations of neurons, and blind to what is connected with
 * what.
 */
public final class DeepSets implements Metanetwork {
  private static final int GROUP = 8;

  private final ParameterLayout layout = new ParameterLayout();
  private final List<Mlp> embeddings = new ArrayList<>();
  private final Mlp global;

  /**
   * @param tensors weights and biases of every target network
   * @param width of embeddings and hidden layers
   * @param outputs numbers that it says of a network
   */
  public DeepSets(int tensors, int width, int outputs) {
    Mlp.Style style = new Mlp.Style(width, true, 0f);
    for (int i = 0; i < tensors; i++) {
      embeddings.add(Mlp.register(layout, "tensor." + i, 1, width, style));
    }
    global = Mlp.register(layout, "global", tensors * width, outputs, style);
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
    List<TensorRange> tensors = architecture.tensors();
    if (tensors.size() != embeddings.size()) {
      throw Fault.of("DeepSets")
          .at("network " + architecture.id())
          .expected("%d tensors, as this DeepSets reads", embeddings.size())
          .found(tensors.size())
          .exception();
    }
    Tensor[] sets = new Tensor[tensors.size()];
    Tensor[] means = new Tensor[sets.length];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = tape.input(tensors.get(i).size(), 1);
      means[i] = tape.meanRows(embeddings.get(i).apply(tape, sets[i]));
    }
    Program.ExampleWriter writer =
        (slot, example) -> {
          for (int i = 0; i < sets.length; i++) {
            copy(example.weights(), tensors.get(i).offset(), sets[i], slot);
          }
        };
    return new Recording(writer, List.of(global.apply(tape, means)));
  }

  private static void copy(float[] example, int from, Tensor set, int slot) {
    System.arraycopy(example, from, set.values(), slot * set.rows(), set.rows());
  }
}
