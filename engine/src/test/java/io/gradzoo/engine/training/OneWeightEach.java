package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear map of one-hot examples: weight i, 0 at first, moves when example i is trained on and at
 * no other time.
 */
final class OneWeightEach implements Metanetwork {
  private static final Architecture NETWORK = LayeredArchitecture.parse("relu:1:dense1");

  private final int count;
  private final float dropout;
  private final ParameterLayout layout = new ParameterLayout();
  private final Parameter weights;

  OneWeightEach(int count, float dropout) {
    this.count = count;
    this.dropout = dropout;
    this.weights = layout.add("weights", Initialization.constant(0f), 1, count);
  }

  /** One for each weight, all of one target. */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] oneHot = new float[count];
      oneHot[i] = 1;
      examples.add(new Example("m" + i, NETWORK, ExampleParts.ofWeights(oneHot), 0.9f));
    }
    return examples;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int groupSize(Architecture architecture) {
    return 1;
  }

  @Override
  public Recording record(Tape tape, Architecture architecture) {
    Tensor x = tape.input(1, count);
    Tensor read = dropout == 0 ? x : tape.dropout(x, dropout);
    return new Recording(
        (slot, example) -> System.arraycopy(example.weights(), 0, x.values(), slot * count, count),
        List.of(tape.linear(weights.matrix(), read)));
  }
}
