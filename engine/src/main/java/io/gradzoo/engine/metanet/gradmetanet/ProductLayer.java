package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Matrix;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * From neurons to parameters (GradMetaNet §5 V, eq. 62): a perceptron of the lower and the upper
 * neuron, and perhaps of the weight between them, for every weight; another of the neuron, and
 * perhaps its bias, for every bias. Both are shared by all layers.
 *
 * @param edge perceptron of weights, reading [lower, upper, weight]
 * @param node perceptron of biases, reading [neuron, bias]
 */
record ProductLayer(Perceptron edge, Perceptron node) {

  /** {@code B relu(A x + a) + b}. */
  record Perceptron(Parameter first, Parameter firstBias, Parameter last, Parameter lastBias) {
    static Perceptron register(ParameterLayout layout, String name, int in, int width, int out) {
      Initialization hidden = Initialization.linear(in);
      Initialization result = Initialization.linear(width);
      return new Perceptron(
          layout.add(name + ".A", hidden, width, in),
          layout.add(name + ".a", hidden, width),
          layout.add(name + ".B", result, out, width),
          layout.add(name + ".b", result, out));
    }

    Tensor finish(Tape tape, Tensor z) {
      return tape.affine(last.matrix(), lastBias, tape.relu(z));
    }

    /** The last map of a sum of hidden layers: {@code B h + terms · b}. */
    Tensor finishSum(Tape tape, Tensor h, int terms) {
      return tape.affine(last.matrix(), lastBias, terms, h);
    }
  }

  static ProductLayer register(
      ParameterLayout layout, String name, int width, GradMetaNetHead.Product head) {
    int theta = head.theta() == GradMetaNetConfig.ThetaInput.PARAMETERS ? 1 : 0;
    return new ProductLayer(
        Perceptron.register(layout, name + ".edge", 2 * width + theta, width, head.outputs()),
        Perceptron.register(layout, name + ".node", width + theta, width, head.outputs()));
  }

  /**
   * All parameters' outputs.
   *
   * @param h [N, f]
   * @return [d_l · d_{l−1}, out] for the weights of each layer, then [d_l, out] for its biases
   */
  List<Tensor> apply(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor h) {
    List<Tensor> layers = new ArrayList<>();
    for (int l = 0; l <= neurons.depth(); l++) {
      layers.add(tape.rows(h, neurons.offset(l), neurons.width(l)));
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int l = 0; l < neurons.depth(); l++) {
      outputs.add(weights(tape, layers.get(l), layers.get(l + 1), input.weight(l)));
    }
    for (int l = 0; l < neurons.depth(); l++) {
      outputs.add(biases(tape, layers.get(l + 1), input.bias(l)));
    }
    return outputs;
  }

  /**
   * @param lower [d_lower, f]
   * @param upper [d_upper, f]
   * @param weight [d_upper · d_lower, 1], or null
   * @return [d_upper · d_lower, out], upper-major as PyTorch's weights
   */
  Tensor weights(Tape tape, Tensor lower, Tensor upper, Tensor weight) {
    int f = lower.width();
    Matrix first = edge.first().matrix();
    Tensor ofUpper = tape.affine(first.columns(f, 2 * f), edge.firstBias(), upper);
    Tensor ofLower = tape.linear(first.columns(0, f), lower);
    Tensor z =
        weight == null
            ? tape.outerSum(ofUpper, ofLower)
            : tape.gridAdd(tape.linear(first.columns(2 * f, 2 * f + 1), weight), ofUpper, ofLower);
    return edge.finish(tape, z);
  }

  /**
   * @param neurons [d, f]
   * @param bias [d, 1], or null
   * @return [d, out]
   */
  Tensor biases(Tape tape, Tensor neurons, Tensor bias) {
    Matrix first = node.first().matrix();
    Tensor z =
        bias == null
            ? tape.affine(first, node.firstBias(), neurons)
            : tape.affine(first, node.firstBias(), neurons, bias);
    return node.finish(tape, z);
  }
}
