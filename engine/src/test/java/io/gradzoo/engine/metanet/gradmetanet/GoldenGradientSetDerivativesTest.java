package io.gradzoo.engine.metanet.gradmetanet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.gradient.GoldenArrays;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gradients of both GradMetaNets against derivatives along fixed directions, taken in double
 * precision by another program (docs/golden-vectors.md). The loss is Σ_i cos(i + 1) · output i over
 * weights by layer, then biases.
 */
class GoldenGradientSetDerivativesTest {
  /** What runs the metanetworks. */
  Device device() {
    return CpuDevice.best();
  }

  private Program program(
      GradientSetNetwork metanet, LayeredArchitecture architecture, Parameters parameters) {
    Tape tape = new Tape(device(), parameters, 1, Tape.Mode.TRAINING);
    return metanet.recordDifferentiable(tape, architecture).program(tape);
  }

  private static final double BOUND = 1e-4;

  private final GoldenSets golden = new GoldenSets();
  private final GoldenArrays derivatives = new GoldenArrays("gradients.json", "gradients.f64");

  @ParameterizedTest(name = "{0} {1}, {2}")
  @CsvSource({
    "relu_ce, gmn, SUM", "sine_mse, gmn, MEAN",
    "relu_ce, gmn_theta8, SUM", "sine_mse, gmn_theta8, MEAN",
    "relu_ce, gmnpp, SUM", "sine_mse, gmnpp, MEAN",
    "relu_ce, gmnpp_theta8, SUM", "sine_mse, gmnpp_theta8, MEAN"
  })
  void gradientsEqualTheGoldenValues(String network, String name, Reduction reduction) {
    GradMetaNetHead.Product head =
        name.endsWith("theta8")
            ? new GradMetaNetHead.Product(8, ThetaInput.PARAMETERS)
            : new GradMetaNetHead.Product(1, ThetaInput.NONE);
    LayeredArchitecture architecture = golden.architecture(network);
    ExampleParts example = golden.example(network, head.theta());
    Parameters parameters;
    ParameterLayout layout;
    Program program;
    if (name.startsWith("gmnpp")) {
      GradMetaNetPlusPlus metanet =
          new GradMetaNetPlusPlus(
              new GradMetaNetPlusPlusConfig(
                  GoldenSets.SIZE, GoldenSets.POSITIONS, 8, 2, 2, reduction, head));
      layout = metanet.layout();
      parameters = golden.parameters(metanet, name);
      program = program(metanet, architecture, parameters);
    } else {
      GradMetaNet metanet =
          new GradMetaNet(
              new GradMetaNetConfig(
                  GoldenSets.SIZE, GoldenSets.POSITIONS, 16, 2, 2, reduction, head));
      layout = metanet.layout();
      parameters = golden.parameters(metanet, name);
      program = program(metanet, architecture, parameters);
    }
    program.load(0, example);
    program.forward(1);
    golden.assertProductOutputs(program, network, name, reduction);
    writeCotangent(program);
    program.backward();

    String of = network + "/" + name + "/" + GoldenSets.mode(reduction) + "/";
    for (Parameter parameter : layout.parameters()) {
      float[] gradients = parameters.gradients();
      int from = parameter.offset();
      float[] gradient = Arrays.copyOfRange(gradients, from, from + parameter.size());
      assertAlongDirections(of + "params/" + parameter.name().replace('.', '/'), gradient);
    }
    int theta = head.theta() == ThetaInput.NONE ? 0 : architecture.parameterCount();
    int features = example.features().length;
    float[] gradient = new float[features + theta];
    program.exampleGradient(0, gradient);
    assertAlongDirections(of + "features", Arrays.copyOf(gradient, features));
    if (theta > 0) {
      assertThetaAlongDirections(of, architecture, gradient, features);
    }
  }

  private void assertThetaAlongDirections(
      String of, LayeredArchitecture architecture, float[] gradient, int from) {
    for (AffineLayer layer : architecture.affineLayers()) {
      int w = from + layer.weightOffset();
      int b = from + layer.biasOffset();
      String number = Integer.toString(layer.index() + 1);
      assertAlongDirections(
          of + "theta/W" + number, Arrays.copyOfRange(gradient, w, w + layer.weightCount()));
      assertAlongDirections(
          of + "theta/b" + number, Arrays.copyOfRange(gradient, b, b + layer.out()));
    }
  }

  private static void writeCotangent(Program program) {
    int i = 0;
    for (Tensor output : program.outputs()) {
      for (int at = 0; at < output.rows() * output.width(); at++) {
        output.gradients()[at] = (float) Math.cos(++i);
      }
    }
  }

  /** Direction k of an array has the entries cos((k + 1) (1.3 i + 0.4)). */
  private void assertAlongDirections(String name, float[] gradient) {
    double[] expected = derivatives.array(name);
    double difference = 0;
    double norm = 0;
    for (int k = 0; k < expected.length; k++) {
      double along = 0;
      for (int i = 0; i < gradient.length; i++) {
        along += Math.cos((k + 1) * (1.3 * i + 0.4)) * gradient[i];
      }
      difference += Math.pow(along - expected[k], 2);
      norm += Math.pow(expected[k], 2);
    }
    assertThat(Math.sqrt(difference / norm)).as(name).isLessThan(BOUND);
  }
}
