package io.gradzoo.engine.metanet.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** A hybrid with random parameters and its program. */
final class HybridRun {
  /** Parameters of the graph metanetwork; the others are the gradient network's. */
  static final Predicate<Parameter> OF_GRAPH =
      parameter -> !parameter.name().matches("(set|neuron|pool|prod|att)\\b.*");

  private final LayeredArchitecture architecture;
  private final HybridMetanet metanet;
  private final Parameters parameters;
  private final Program program;

  /**
   * Of fresh parameters.
   *
   * @param loudness what those of the gradient network are multiplied by
   */
  HybridRun(
      GradientNetworkConfig gradients,
      ScaleGmnConfig graph,
      LayeredArchitecture architecture,
      float loudness) {
    this.architecture = architecture;
    metanet = new HybridMetanet(gradients, graph, GraphLayout.of(architecture));
    float[] values = metanet.layout().initialize(7);
    for (Parameter parameter : metanet.layout().parameters()) {
      for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
        values[i] *= OF_GRAPH.test(parameter) ? 1f : loudness;
      }
    }
    parameters = Parameters.over(values);
    program =
        metanet.compile(
            architecture, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.TRAINING));
  }

  /** All outputs of an example, one after the other. */
  float[] outputs(ExampleParts example) {
    program.load(0, example);
    program.forward(1);
    float[] all = new float[program.outputs().stream().mapToInt(HybridRun::size).sum()];
    int at = 0;
    for (Tensor output : program.outputs()) {
      System.arraycopy(output.values(), 0, all, at, size(output));
      at += size(output);
    }
    return all;
  }

  private static int size(Tensor output) {
    return output.rows() * output.width();
  }

  /** The derivative along a random direction of some parameters, against a difference. */
  void assertGradient(ExampleParts example, Predicate<Parameter> of) {
    outputs(example);
    Arrays.fill(program.output().gradients(), 1f);
    parameters.clearGradients();
    program.backward();
    SplittableRandom random = new SplittableRandom(3);
    double[] direction = new double[parameters.values().length];
    double along = 0;
    for (Parameter parameter : metanet.layout().parameters()) {
      for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
        direction[i] = of.test(parameter) ? random.nextGaussian() : 0;
        along += direction[i] * parameters.gradients()[i];
      }
    }
    double step = 1e-3;
    double difference =
        (sum(example, direction, step) - sum(example, direction, -step)) / (2 * step);
    assertThat(Math.abs(along)).isGreaterThan(1e-3);
    assertThat(Math.abs(difference - along) / Math.abs(along)).isLessThan(1e-2);
  }

  private double sum(ExampleParts example, double[] direction, double step) {
    float[] old = parameters.values().clone();
    for (int i = 0; i < old.length; i++) {
      parameters.values()[i] += (float) (step * direction[i]);
    }
    parameters.changed();
    double sum = 0;
    for (float value : outputs(example)) {
      sum += value;
    }
    System.arraycopy(old, 0, parameters.values(), 0, old.length);
    parameters.changed();
    return sum;
  }

  /** Changes of parameters: weights source by source and layer by layer, then biases, as flat. */
  float[] change(ExampleParts example) {
    float[] deltas = outputs(example);
    float[] flat = new float[deltas.length];
    int at = 0;
    for (AffineLayer layer : architecture.affineLayers()) {
      for (int i = 0; i < layer.in(); i++) {
        for (int o = 0; o < layer.out(); o++) {
          flat[layer.weightOffset() + o * layer.in() + i] = deltas[at++];
        }
      }
    }
    for (AffineLayer layer : architecture.affineLayers()) {
      System.arraycopy(deltas, at, flat, layer.biasOffset(), layer.out());
      at += layer.out();
    }
    return flat;
  }
}
