package io.gradzoo.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.datasets.parameters.PublicParameters;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ScaleGMN against values of the public implementation (see docs/golden-vectors.md). A case whose
 * backward messages use the reciprocal was made with the corrected public modules and needs no
 * compatibility mode.
 */
class ScaleGmnGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/scalegmn");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<GoldenCase> cases() throws IOException {
    List<GoldenCase> cases = new ArrayList<>();
    Iterator<Map.Entry<String, JsonNode>> entries =
        JSON.readTree(Files.readAllBytes(FOLDER.resolve("manifest.json"))).fields();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      if (entry.getValue().has("args")) {
        cases.add(new GoldenCase(entry.getKey(), entry.getValue(), FOLDER));
      }
    }
    return cases.stream();
  }

  /** What runs the metanetworks. */
  Device device() {
    return CpuDevice.best();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void outputsAndGradientsEqualThePublicImplementations(GoldenCase golden) {
    try (NpzReader npz = golden.open()) {
      GoldenRun run = GoldenRun.of(device(), golden, npz, compatibility(golden));
      for (int k = 0; k < run.outputs.size(); k++) {
        double[] expected = golden.array(npz, "out/" + k);
        assertThat(distance(run.outputs.get(k), expected)).as("output %d", k).isLessThan(2e-5);
      }
      run.backward(golden, npz);
      double all = norm(golden.array(npz, "grad_in/edge_attr"));
      for (Parameter parameter : run.metanet.layout().parameters()) {
        String field = "grad/" + parameter.name();
        double[] actual = run.gradient(parameter);
        if (npz.names().contains(field)) {
          double[] expected = golden.array(npz, field);
          assertThat(difference(actual, expected))
              .as(field)
              .isLessThan(1e-4 * norm(expected) + 1e-7 * all);
        } else {
          assertThat(norm(actual)).as(field).isZero();
        }
      }
      for (int m = 0; m < golden.networks(); m++) {
        assertThat(distance(run.networkGradient(m), run.expectedNetworkGradient(golden, npz, m)))
            .as("gradient by network %d", m)
            .isLessThan(1e-4);
      }
    }
  }

  private static Compatibility compatibility(GoldenCase golden) {
    return golden.name().contains("recip") ? Compatibility.EXACT : Compatibility.REFERENCE;
  }

  static double distance(double[] actual, double[] expected) {
    return difference(actual, expected) / norm(expected);
  }

  static double difference(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += (actual[i] - expected[i]) * (actual[i] - expected[i]);
    }
    return Math.sqrt(sum);
  }

  static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
  }

  /** Our metanetwork on a case's networks and parameters. */
  private static final class GoldenRun {
    final ScaleGmn metanet;
    final Parameters parameters;
    final List<double[]> outputs = new ArrayList<>();
    private final List<LayeredArchitecture> architectures = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();

    static GoldenRun of(
        Device device, GoldenCase golden, NpzReader npz, Compatibility compatibility) {
      GoldenRun run = new GoldenRun(golden, compatibility);
      run.forward(device, golden, npz);
      return run;
    }

    private GoldenRun(GoldenCase golden, Compatibility compatibility) {
      GraphLayout layout = GraphLayout.of(golden.architecture(0));
      metanet =
          new ScaleGmn(
              PublicConfig.read(golden.entry().get("args"), golden.head(), compatibility), layout);
      parameters = Parameters.over(PublicParameters.read(golden.file(), metanet.layout()));
    }

    private void forward(Device device, GoldenCase golden, NpzReader npz) {
      List<List<double[]>> byNetwork = new ArrayList<>();
      for (int m = 0; m < golden.networks(); m++) {
        LayeredArchitecture architecture = golden.architecture(m);
        Tape tape = new Tape(device, parameters, 1, Tape.Mode.TRAINING);
        Program program = metanet.recordDifferentiable(tape, architecture).program(tape);
        program.load(0, ExampleParts.ofWeights(golden.parameters(npz, m, architecture)));
        program.forward(1);
        architectures.add(architecture);
        programs.add(program);
        byNetwork.add(blocks(golden, program, Tensor::values));
      }
      for (int k = 0; k < byNetwork.get(0).size(); k++) {
        int field = k;
        outputs.add(
            byNetwork.stream()
                .flatMapToDouble(blocks -> Arrays.stream(blocks.get(field)))
                .toArray());
      }
    }

    /** A network's results in the order of the case's fields. */
    private static List<double[]> blocks(
        GoldenCase golden, Program program, java.util.function.Function<Tensor, float[]> of) {
      List<double[]> all =
          program.outputs().stream().map(t -> doubles(of.apply(t), t.rows() * t.width())).toList();
      if (!golden.head().equals("xe")) {
        return all;
      }
      int depth = golden.entry().get("layout").size() - 1;
      return List.of(
          concatenate(all.subList(depth, all.size())), concatenate(all.subList(0, depth)));
    }

    void backward(GoldenCase golden, NpzReader npz) {
      List<double[]> gradients = LossGradient.of(golden, npz, outputs);
      for (int m = 0; m < golden.networks(); m++) {
        List<Tensor> fields = new ArrayList<>(programs.get(m).outputs());
        if (golden.head().equals("xe")) {
          int depth = golden.entry().get("layout").size() - 1;
          List<Tensor> nodes = fields.subList(depth, fields.size());
          scatter(gradients.get(0), m, golden.networks(), nodes);
          scatter(gradients.get(1), m, golden.networks(), fields.subList(0, depth));
        } else {
          for (int k = 0; k < fields.size(); k++) {
            scatter(gradients.get(k), m, golden.networks(), List.of(fields.get(k)));
          }
        }
        programs.get(m).backward();
      }
    }

    double[] gradient(Parameter parameter) {
      double[] gradient = new double[parameter.size()];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = parameters.gradients()[parameter.offset() + i];
      }
      return gradient;
    }

    double[] networkGradient(int m) {
      float[] gradient = new float[architectures.get(m).parameterCount()];
      programs.get(m).exampleGradient(0, gradient);
      return doubles(gradient, gradient.length);
    }

    /** The case's gradients by node and edge features, as one by the flat parameters. */
    double[] expectedNetworkGradient(GoldenCase golden, NpzReader npz, int m) {
      LayeredArchitecture architecture = architectures.get(m);
      double[] nodes = golden.array(npz, "grad_in/x");
      double[] edges = golden.array(npz, "grad_in/edge_attr");
      int width = npz.read("grad_in/edge_attr").shape()[1];
      int side = (int) Math.round(Math.sqrt(width));
      int node = m * (nodes.length / golden.networks()) + architecture.affineLayers().get(0).in();
      int edge = m * (edges.length / golden.networks());
      double[] flat = new double[architecture.parameterCount()];
      for (AffineLayer layer : architecture.affineLayers()) {
        for (int j = 0; j < layer.out(); j++) {
          flat[layer.biasOffset() + j] = nodes[node++];
        }
        int margin = layer.convolution() ? (side - layer.kernel()) / 2 : 0;
        for (int i = 0; i < layer.in(); i++) {
          for (int j = 0; j < layer.out(); j++, edge += width) {
            for (int r = 0; r < layer.kernel(); r++) {
              for (int c = 0; c < layer.kernel(); c++) {
                int weight = ((j * layer.in() + i) * layer.kernel() + r) * layer.kernel() + c;
                flat[layer.weightOffset() + weight] =
                    edges[edge + (margin + r) * side + margin + c];
              }
            }
          }
        }
      }
      return flat;
    }

    private static void scatter(double[] all, int m, int networks, List<Tensor> tensors) {
      int at = m * (all.length / networks);
      for (Tensor tensor : tensors) {
        for (int i = 0; i < tensor.rows() * tensor.width(); i++) {
          tensor.gradients()[i] = (float) all[at++];
        }
      }
    }

    private static double[] doubles(float[] values, int count) {
      double[] result = new double[count];
      for (int i = 0; i < count; i++) {
        result[i] = values[i];
      }
      return result;
    }

    private static double[] concatenate(List<double[]> parts) {
      return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
  }
}
