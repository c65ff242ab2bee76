package io.gradzoo.engine.golden;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The stored gradient sets of two MLPs and a CNN, and the stored parameters and outputs of
 * GradMetaNets on them.
 *
 * @param values inputs, parameters and outputs
 * @param derivatives of some of the outputs
 */
public record GoldenSets(GoldenArrays values, GoldenArrays derivatives) {
  /** Elements of a set of an MLP. */
  static final int SIZE = 32;

  /** Every metanetwork on every network, with sums and with means. */
  public List<GoldenCase> cases() {
    List<GoldenCase> cases = new ArrayList<>();
    for (Reduction reduction : Reduction.values()) {
      for (String network : List.of("relu_ce", "sine_mse")) {
        for (GoldenSetCase.GoldenMetanetwork of : GoldenSetCase.GoldenMetanetwork.values()) {
          cases.add(new GoldenSetCase(this, network, of, reduction));
        }
      }
      cases.add(new GoldenConvolutionCase(this, reduction));
    }
    return cases;
  }

  /** The network {@code relu_ce} or {@code sine_mse}. */
  LayeredArchitecture architecture(String network) {
    StringBuilder layers = new StringBuilder(network.equals("relu_ce") ? "relu:" : "sine1:");
    layers.append(values.array(network + "/a0").length / SIZE);
    for (int l = 1; l <= 3; l++) {
      layers.append(":dense").append(values.array(network + "/g" + l).length / SIZE);
    }
    return LayeredArchitecture.parse(layers.toString());
  }

  /** The stored parameters of a metanetwork. */
  Parameters parameters(ParameterLayout layout, String name) {
    float[] flat = new float[layout.size()];
    for (Parameter parameter : layout.parameters()) {
      double[] stored = values.array("params/" + name + "/" + parameter.name().replace('.', '/'));
      if (stored.length != parameter.size()) {
        throw new IllegalStateException(parameter.name() + " of " + name);
      }
      copy(stored, flat, parameter.offset());
    }
    return Parameters.over(flat);
  }

  /** Features from the stored factors, and the stored parameters where they are read. */
  ExampleParts example(String network, ThetaInput theta) {
    LayeredArchitecture architecture = architecture(network);
    List<DenseFactors> factors =
        architecture.affineLayers().stream()
            .map(
                layer ->
                    new DenseFactors(
                        layer,
                        floats(values.array(network + "/a" + layer.index())),
                        floats(values.array(network + "/g" + (layer.index() + 1)))))
            .toList();
    float[] features = new float[SIZE * NeuronFeatures.neurons(architecture) * 2];
    NeuronFeatures.write(architecture, Boundary.DUPLICATE, new float[0], 0, factors, features, 0);
    ExampleParts example = ExampleParts.ofFeatures(features);
    return theta == ThetaInput.PARAMETERS
        ? example.withWeights(weights(network, architecture))
        : example;
  }

  /** The stored parameters of a network. */
  float[] weights(String network, LayeredArchitecture architecture) {
    float[] weights = new float[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      String at = network + "/theta/";
      copy(values.array(at + "W" + (layer.index() + 1)), weights, layer.weightOffset());
      copy(values.array(at + "b" + (layer.index() + 1)), weights, layer.biasOffset());
    }
    return weights;
  }

  /** The largest distance of outputs, weights by layer and then biases, from the stored ones. */
  double distance(List<Tensor> outputs, String of) {
    int depth = outputs.size() / 2;
    double largest = 0;
    for (int l = 0; l < depth; l++) {
      largest = Math.max(largest, distance(outputs.get(l), of + "W" + (l + 1)));
      largest = Math.max(largest, distance(outputs.get(depth + l), of + "b" + (l + 1)));
    }
    return largest;
  }

  /** ‖tensor − stored‖ / ‖stored‖. */
  double distance(Tensor tensor, String name) {
    double[] actual = new double[tensor.rows() * tensor.width()];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = tensor.values()[i];
    }
    return GoldenDistance.between(actual, values.array(name), 0);
  }

  /** How stored names spell a reduction. */
  static String mode(Reduction reduction) {
    return reduction.name().toLowerCase(Locale.ROOT);
  }

  /** As float32. */
  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    copy(values, floats, 0);
    return floats;
  }

  private static void copy(double[] from, float[] to, int offset) {
    for (int i = 0; i < from.length; i++) {
      to[offset + i] = (float) from[i];
    }
  }
}
