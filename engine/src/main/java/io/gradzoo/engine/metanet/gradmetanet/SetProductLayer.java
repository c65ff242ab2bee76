package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.gradmetanet.ProductLayer.Perceptron;
import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Matrix;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Product layer before the sum over the set (GradMetaNet++, App. D.2, U_Prod): {@code W = Σ_i
 * MLP([x_i lower, x_i upper])}. The last map of a perceptron is linear, so only {@code Σ_i relu(…)}
 * is computed for every weight, and never stored for single elements.
 *
 * @param product the perceptrons
 * @param setSize number of elements
 * @param reduction how elements become one
 */
record SetProductLayer(ProductLayer product, int setSize, Reduction reduction)
    implements GradientHead {

  @Override
  public List<Tensor> apply(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor x) {
    List<Tensor> outputs = new ArrayList<>(weights(tape, neurons, input, x));
    outputs.addAll(biases(tape, neurons, input, x));
    return outputs;
  }

  /**
   * @param x [setSize · N, f]
   * @return [d_upper · d_lower, out] for the weights of each layer, upper-major as PyTorch's
   */
  private List<Tensor> weights(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor x) {
    Perceptron edge = product.edge();
    Matrix first = edge.first().matrix();
    int f = x.width();
    int n = neurons.size();
    Tensor ofUpper = tape.affine(first.columns(f, 2 * f), edge.firstBias(), x);
    Tensor ofLower = tape.linear(first.columns(0, f), x);
    List<Tensor> outputs = new ArrayList<>();
    for (int l = 0; l < neurons.depth(); l++) {
      Band upper = new Band(ofUpper, n, neurons.offset(l + 1), neurons.width(l + 1));
      Band lower = new Band(ofLower, n, neurons.offset(l), neurons.width(l));
      Tensor weight = input.weight(l);
      float factor = reduction.factor(setSize);
      Tensor hidden =
          weight == null
              ? tape.rectifiedPairSum(upper, lower, factor)
              : tape.rectifiedPairSum(
                  upper, lower, tape.linear(first.columns(2 * f, 2 * f + 1), weight), factor);
      outputs.add(edge.finishSum(tape, hidden, reduction.count(setSize)));
    }
    return outputs;
  }

  /**
   * @param x [setSize · N, f]
   * @return [d, out] for the biases of each layer
   */
  private List<Tensor> biases(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor x) {
    Perceptron node = product.node();
    Matrix first = node.first().matrix();
    int f = x.width();
    Tensor z = tape.affine(first.columns(0, f), node.firstBias(), x);
    if (input.neuronBiases() != null) {
      Tensor theta = tape.linear(first.columns(f, f + 1), input.neuronBiases());
      z = tape.gridAdd(z, theta, GridAxis.SECOND);
    }
    Tensor hidden = reduction.over(tape, tape.relu(z), setSize, GridAxis.FIRST);
    Tensor all = node.finishSum(tape, hidden, reduction.count(setSize));
    List<Tensor> outputs = new ArrayList<>();
    for (int l = 1; l <= neurons.depth(); l++) {
      outputs.add(tape.rows(all, neurons.offset(l), neurons.width(l)));
    }
    return outputs;
  }
}
