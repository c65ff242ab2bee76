package io.gradzoo.engine.golden;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlus;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * A GradMetaNet or GradMetaNet++ on the gradient set of an MLP. The loss of its derivatives is Σ_i
 * cos(i + 1) · output i, over weights by layer, then biases.
 */
record GoldenSetCase(
    GoldenSets golden, String network, GoldenMetanetwork subject, Reduction reduction)
    implements GoldenCase {
  private static final int POSITIONS = 8;

  /** What is on the network. */
  enum GoldenMetanetwork {
    GMN("gmn", "gmn", new GradMetaNetHead.Product(1, ThetaInput.NONE)),
    GMN_THETA("gmn_theta8", "gmn_theta8", new GradMetaNetHead.Product(8, ThetaInput.PARAMETERS)),
    GMN_VECTOR("gmn", "gmn_vec", new GradMetaNetHead.InvariantVector(4)),
    GMN_PLUS_PLUS("gmnpp", "gmnpp", new GradMetaNetHead.Product(1, ThetaInput.NONE)),
    GMN_PLUS_PLUS_THETA(
        "gmnpp_theta8", "gmnpp_theta8", new GradMetaNetHead.Product(8, ThetaInput.PARAMETERS));

    private final String parameters;
    private final String outputs;
    private final GradMetaNetHead head;

    GoldenMetanetwork(String parameters, String outputs, GradMetaNetHead head) {
      this.parameters = parameters;
      this.outputs = outputs;
      this.head = head;
    }

    private ThetaInput theta() {
      return head.theta();
    }
  }

  /** A metanetwork of either kind. */
  private record Recorded(ParameterLayout layout, DifferentiableRecorder recorder) {
    interface DifferentiableRecorder {
      Recording record(Tape tape, LayeredArchitecture architecture);
    }
  }

  @Override
  public String name() {
    return "%s on %s, %s".formatted(subject.outputs, network, GoldenSets.mode(reduction));
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public GoldenDistance distance(Device device) {
    Recorded metanetwork = metanetwork();
    LayeredArchitecture architecture = golden.architecture(network);
    ExampleParts example = golden.example(network, subject.theta());
    Parameters parameters = golden.parameters(metanetwork.layout(), subject.parameters);
    Tape tape = new Tape(device, parameters, 1, Tape.Mode.TRAINING);
    Program program = metanetwork.recorder().record(tape, architecture).program(tape);
    program.load(0, example);
    program.forward(1);
    double outputs = outputs(program);
    if (!hasGradients()) {
      return new GoldenDistance(outputs, 0);
    }
    writeCotangent(program);
    program.backward();
    double gradients = parameterGradients(metanetwork.layout(), parameters.gradients());
    return new GoldenDistance(
        outputs, Math.max(gradients, exampleGradients(program, architecture, example)));
  }

  /** Whether derivatives of it are stored. */
  boolean hasGradients() {
    return golden.derivatives().contains(derivative("features"));
  }

  private Recorded metanetwork() {
    if (subject.parameters.startsWith("gmnpp")) {
      GradMetaNetPlusPlus metanetwork =
          new GradMetaNetPlusPlus(
              new GradMetaNetPlusPlusConfig(
                  GoldenSets.SIZE, POSITIONS, 8, 2, 2, reduction, subject.head));
      return new Recorded(
          metanetwork.layout(), (tape, of) -> metanetwork.recordDifferentiable(tape, of));
    }
    GradMetaNet metanetwork =
        new GradMetaNet(
            new GradMetaNetConfig(GoldenSets.SIZE, POSITIONS, 16, 2, 2, reduction, subject.head));
    return new Recorded(
        metanetwork.layout(), (tape, of) -> metanetwork.recordDifferentiable(tape, of));
  }

  private double outputs(Program program) {
    String of = network + "/out/" + subject.outputs + "/" + GoldenSets.mode(reduction);
    return subject == GoldenMetanetwork.GMN_VECTOR
        ? golden.distance(program.output(), of)
        : golden.distance(program.outputs(), of + "/");
  }

  private static void writeCotangent(Program program) {
    int i = 0;
    for (Tensor output : program.outputs()) {
      for (int at = 0; at < output.rows() * output.width(); at++) {
        output.gradients()[at] = (float) Math.cos(++i);
      }
    }
  }

  private double parameterGradients(ParameterLayout layout, float[] gradients) {
    double largest = 0;
    for (Parameter parameter : layout.parameters()) {
      int from = parameter.offset();
      float[] gradient = Arrays.copyOfRange(gradients, from, from + parameter.size());
      String name = derivative("params/" + parameter.name().replace('.', '/'));
      largest = Math.max(largest, alongDirections(name, gradient));
    }
    return largest;
  }

  private double exampleGradients(
      Program program, LayeredArchitecture architecture, ExampleParts example) {
    boolean reads = subject.theta() == ThetaInput.PARAMETERS;
    int features = example.features().length;
    float[] gradient = new float[features + (reads ? architecture.parameterCount() : 0)];
    program.exampleGradient(0, gradient);
    double largest = alongDirections(derivative("features"), Arrays.copyOf(gradient, features));
    if (reads) {
      for (AffineLayer layer : architecture.affineLayers()) {
        int w = features + layer.weightOffset();
        int b = features + layer.biasOffset();
        float[] weights = Arrays.copyOfRange(gradient, w, w + layer.weightCount());
        float[] biases = Arrays.copyOfRange(gradient, b, b + layer.out());
        int number = layer.index() + 1;
        largest = Math.max(largest, alongDirections(derivative("theta/W" + number), weights));
        largest = Math.max(largest, alongDirections(derivative("theta/b" + number), biases));
      }
    }
    return largest;
  }

  private String derivative(String by) {
    String mode = GoldenSets.mode(reduction);
    return network + "/" + subject.outputs + "/" + mode + "/" + by;
  }

  /** Direction k of an array has the entries cos((k + 1) (1.3 i + 0.4)). */
  private double alongDirections(String name, float[] gradient) {
    double[] expected = golden.derivatives().array(name);
    double[] actual = new double[expected.length];
    for (int k = 0; k < expected.length; k++) {
      for (int i = 0; i < gradient.length; i++) {
        actual[k] += Math.cos((k + 1) * (1.3 * i + 0.4)) * gradient[i];
      }
    }
    return GoldenDistance.between(actual, expected, 0);
  }
}
