package io.gradzoo.engine.metanet.gradmetanet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GoldenArrays;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.List;
import java.util.Locale;

/** The stored gradient sets of two MLPs, and the stored parameters and outputs of metanetworks. */
final class GoldenSets {
  /** Elements of a set. */
  static final int SIZE = 32;

  /** Width of the position codes. */
  static final int POSITIONS = 8;

  private final GoldenArrays golden = new GoldenArrays();

  /** The network {@code relu_ce} or {@code sine_mse}. */
  LayeredArchitecture architecture(String network) {
    StringBuilder layers = new StringBuilder(network.equals("relu_ce") ? "relu:" : "sine1:");
    layers.append(golden.array(network + "/a0").length / SIZE);
    for (int l = 1; l <= 3; l++) {
      layers.append(":dense").append(golden.array(network + "/g" + l).length / SIZE);
    }
    return LayeredArchitecture.parse(layers.toString());
  }

  /** The stored parameters of a metanetwork. */
  Parameters parameters(Metanetwork metanet, String name) {
    float[] values = new float[metanet.layout().size()];
    for (Parameter parameter : metanet.layout().parameters()) {
      double[] stored = golden.array("params/" + name + "/" + parameter.name().replace('.', '/'));
      assertThat(stored).as(parameter.name()).hasSize(parameter.size());
      copy(stored, values, parameter.offset());
    }
    return Parameters.over(values);
  }

  /** A pass of a metanetwork with its stored parameters over a stored set. */
  Program run(
      Metanetwork metanet, String name, String network, GradMetaNetConfig.ThetaInput theta) {
    Program program =
        metanet.compile(
            architecture(network),
            new Tape(CpuDevice.best(), parameters(metanet, name), 1, Tape.Mode.INFERENCE));
    program.load(0, example(network, theta));
    program.forward(1);
    return program;
  }

  /** Features from the stored factors, and the stored parameters where they are read. */
  ExampleParts example(String network, GradMetaNetConfig.ThetaInput theta) {
    LayeredArchitecture architecture = architecture(network);
    List<DenseFactors> factors =
        architecture.affineLayers().stream()
            .map(
                layer ->
                    new DenseFactors(
                        layer,
                        floats(golden.array(network + "/a" + layer.index())),
                        floats(golden.array(network + "/g" + (layer.index() + 1)))))
            .toList();
    int numbers = SIZE * NeuronFeatures.neurons(architecture) * 2;
    boolean read = theta == GradMetaNetConfig.ThetaInput.PARAMETERS;
    float[] features = new float[numbers];
    NeuronFeatures.write(architecture, Boundary.DUPLICATE, new float[0], 0, factors, features, 0);
    float[] weights = new float[architecture.parameterCount()];
    if (read) {
      for (AffineLayer layer : architecture.affineLayers()) {
        String at = network + "/theta/";
        copy(golden.array(at + "W" + (layer.index() + 1)), weights, layer.weightOffset());
        copy(golden.array(at + "b" + (layer.index() + 1)), weights, layer.biasOffset());
      }
    }
    ExampleParts example = ExampleParts.ofFeatures(features);
    return read ? example.withWeights(weights) : example;
  }

  /** Asserts that the outputs of a product head are the stored ones, to 2e-5. */
  void assertProductOutputs(Program program, String network, String name, Reduction reduction) {
    List<Tensor> outputs = program.outputs();
    int depth = outputs.size() / 2;
    String of = network + "/out/" + name + "/" + mode(reduction) + "/";
    for (int l = 0; l < depth; l++) {
      assertThat(distance(outputs.get(l), of + "W" + (l + 1))).isLessThan(2e-5);
      assertThat(distance(outputs.get(depth + l), of + "b" + (l + 1))).isLessThan(2e-5);
    }
  }

  /** ‖tensor − stored‖ / ‖stored‖. */
  double distance(Tensor tensor, String name) {
    double[] expected = golden.array(name);
    int count = tensor.rows() * tensor.width();
    assertThat(expected).hasSize(count);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < count; i++) {
      difference += Math.pow(tensor.values()[i] - expected[i], 2);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** How stored names spell a reduction. */
  static String mode(Reduction reduction) {
    return reduction.name().toLowerCase(Locale.ROOT);
  }

  private static float[] floats(double[] values) {
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
