package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The Fisher diagonal as a weighted mean of the squared gradients of a set: {@code Σ_i (1 + c_i −
 * c̄) / b · (g_i a_iᵀ)²}. With s_i the embedding of sample i, averaged over the input neurons,
 * beside the codes of its inputs, its score is {@code c_i = B ((D s_i + d) ⊙ E relu(C s̄ + c))}:
 * what the sample is, times what the set is like. Scores ignore the order of hidden neurons, so the
 * diagonal permutes with them; the order of the set does not matter. B begins as zero: an untrained
 * network gives the standard estimate. Our own; not in the paper.
 *
 * @param sample D
 * @param sampleBias d
 * @param set C
 * @param setBias c
 * @param setLast E
 * @param score B
 */
record ReweightingHead(
    Parameter sample,
    Parameter sampleBias,
    Parameter set,
    Parameter setBias,
    Parameter setLast,
    Parameter score)
    implements GradientHead {

  static ReweightingHead register(
      ParameterLayout layout, int width, GradMetaNetHead.Reweighting head) {
    int in = width + head.inputs() * SampleCodes.WIDTH;
    Initialization first = Initialization.linear(in);
    return new ReweightingHead(
        layout.add("score.D", first, width, in),
        layout.add("score.d", first, width),
        layout.add("score.C", first, width, in),
        layout.add("score.c", first, width),
        layout.add("score.E", Initialization.linear(width), width, width),
        layout.add("score.B", Initialization.constant(0f), 1, width));
  }

  @Override
  public List<Tensor> apply(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor x) {
    Tensor scores = scores(tape, neurons, input.squares().codes(), x);
    SquaredFactors squares = input.squares();
    List<Tensor> outputs = new ArrayList<>();
    for (int l = 0; l < neurons.depth(); l++) {
      outputs.add(tape.reweightedMean(scores, squares.signals(l + 1), squares.activations(l)));
    }
    for (int l = 0; l < neurons.depth(); l++) {
      outputs.add(tape.reweightedMean(scores, squares.signals(l + 1), squares.ones()));
    }
    return outputs;
  }

  /** c, [setSize, 1]. */
  private Tensor scores(Tape tape, NeuronSpace neurons, Tensor codes, Tensor x) {
    Tensor inputs = tape.bandMean(new Band(x, neurons.size(), 0, neurons.width(0)));
    Tensor ofSample = tape.affine(sample.matrix(), sampleBias, inputs, codes);
    Tensor means = tape.affine(set.matrix(), setBias, tape.meanRows(inputs), tape.meanRows(codes));
    Tensor ofSet = tape.linear(setLast.matrix(), tape.relu(means));
    return tape.linear(score.matrix(), tape.gridProduct(ofSample, ofSet, GridAxis.FIRST));
  }
}
