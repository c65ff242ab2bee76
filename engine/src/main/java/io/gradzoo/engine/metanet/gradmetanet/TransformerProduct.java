package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.gradmetanet.ProductLayer.Perceptron;
import io.gradzoo.engine.network.transformer.HiddenActivation;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * From the neurons of a transformer to its parameters: a product layer for each named tensor, since
 * many tensors join the same two spaces, and all gains, offsets and biases of the residual stream
 * the same neurons. Matrices read both of the spaces they join, the others the neuron they belong
 * to.
 *
 * @param tensors one product layer per named tensor, with the perceptron it needs alone
 */
record TransformerProduct(List<ProductLayer> tensors) {

  /**
   * @param blocks of the transformers to come
   */
  static TransformerProduct register(
      ParameterLayout layout, int blocks, int width, GradMetaNetHead.Product head) {
    int theta = head.theta() == GradMetaNetConfig.ThetaInput.PARAMETERS ? 1 : 0;
    List<ProductLayer> tensors = new ArrayList<>();
    for (TransformerLayer layer : smallest(blocks).layout().layers()) {
      for (NamedTensor tensor : layer.tensors()) {
        boolean matrix = isMatrix(layer, tensor);
        int in = (matrix ? 2 * width : width) + theta;
        Perceptron perceptron =
            Perceptron.register(layout, "prod." + tensor.name(), in, width, head.outputs());
        tensors.add(
            matrix ? new ProductLayer(perceptron, null) : new ProductLayer(null, perceptron));
      }
    }
    return new TransformerProduct(tensors);
  }

  /**
   * @param h [N, f]
   * @return [size, out] for each named tensor of the transformer
   */
  List<Tensor> apply(
      Tape tape, TransformerArchitecture architecture, TokenSetInput input, Tensor h) {
    TransformerNeurons neurons = TransformerNeurons.of(architecture);
    List<Tensor> bySpace =
        neurons.spaces().stream()
            .map(space -> tape.rows(h, neurons.offset(space), space.width()))
            .toList();
    List<Tensor> outputs = new ArrayList<>();
    for (TransformerLayer layer : architecture.layout().layers()) {
      Tensor in = bySpace.get(neurons.spaces().indexOf(layer.in()));
      Tensor out = bySpace.get(neurons.spaces().indexOf(layer.out()));
      for (NamedTensor tensor : layer.tensors()) {
        int index = outputs.size();
        ProductLayer product = tensors.get(index);
        Tensor theta = input.theta(index);
        if (!isMatrix(layer, tensor)) {
          outputs.add(product.biases(tape, out, theta));
        } else if (layer instanceof Embedding) {
          outputs.add(product.weights(tape, out, in, theta));
        } else {
          outputs.add(product.weights(tape, in, out, theta));
        }
      }
    }
    return outputs;
  }

  private static boolean isMatrix(TransformerLayer layer, NamedTensor tensor) {
    return !(layer instanceof Normalization) && tensor.offset() == layer.offset();
  }

  /** Its tensors have the names and the order of those of every transformer of this depth. */
  private static TransformerArchitecture smallest(int blocks) {
    return new TransformerArchitecture(
        1,
        1,
        1,
        1,
        1,
        blocks,
        HiddenActivation.RELU,
        TransformerArchitecture.Mask.FULL,
        TransformerArchitecture.SequenceReadout.MEAN,
        1);
  }
}
