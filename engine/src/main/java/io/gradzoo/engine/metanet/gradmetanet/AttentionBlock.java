package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.AttentionParameters;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * Block of GradMetaNet++ (App. D.2): each neuron attends over the set, and within each element all
 * neurons attend to each other; both read the same input and are added. Our own choices: a bias,
 * and the input added where widths match.
 *
 * @param overSet attention of a neuron over the elements
 * @param overNeurons attention of an element over the neurons
 */
record AttentionBlock(
    AttentionParameters overSet, AttentionParameters overNeurons, Parameter bias) {

  static AttentionBlock register(ParameterLayout layout, String name, int in, int out, int heads) {
    return new AttentionBlock(
        attention(layout, name + ".set", in, out, heads),
        attention(layout, name + ".neu", in, out, heads),
        layout.add(name + ".b", Initialization.linear(heads * in), out));
  }

  private static AttentionParameters attention(
      ParameterLayout layout, String name, int in, int out, int heads) {
    Initialization projection = Initialization.linear(in);
    return new AttentionParameters(
        layout.add(name + ".Q", projection, heads, in, in),
        layout.add(name + ".K", projection, heads, in, in),
        layout.add(name + ".V", projection, heads, in, in),
        layout.add(name + ".O", Initialization.linear(heads * in), out, heads * in));
  }

  /**
   * @param x [setSize · N, in], element by element
   * @return [setSize · N, out]
   */
  Tensor apply(Tape tape, Tensor x, int setSize) {
    Tensor set = tape.attention(x, setSize, GridAxis.FIRST, overSet);
    Tensor neurons = tape.attention(x, setSize, GridAxis.SECOND, overNeurons);
    Tensor sum = set.width() == x.width() ? tape.sum(x, set, neurons) : tape.sum(set, neurons);
    return tape.shift(sum, bias);
  }
}
