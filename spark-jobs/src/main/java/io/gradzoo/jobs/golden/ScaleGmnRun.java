package io.gradzoo.jobs.golden;

import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.datasets.parameters.PublicParameters;
import io.gradzoo.engine.golden.GoldenDistance;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Our metanetwork on a case's networks and parameters. */
final class ScaleGmnRun {
  /** Gradients below this part of the largest ones' are rounding. */
  private static final double NEGLIGIBLE = 1e-3;

  private final ScaleGmnCase golden;
  private final NpzReader npz;
  private final ScaleGmn metanet;
  private final Parameters parameters;
  private final List<double[]> outputs = new ArrayList<>();
  private final List<LayeredArchitecture> architectures = new ArrayList<>();
  private final List<Program> programs = new ArrayList<>();

  private ScaleGmnRun(ScaleGmnCase golden, Path file, NpzReader npz) {
    this.golden = golden;
    this.npz = npz;
    metanet =
        new ScaleGmn(
            PublicConfig.read(golden.entry().get("args"), golden.head(), golden.compatibility()),
            GraphLayout.of(golden.architecture(0)));
    parameters = Parameters.over(PublicParameters.read(file, metanet.layout()));
  }

  /** Computes outputs and gradients. */
  static ScaleGmnRun of(Device device, ScaleGmnCase golden, Path file, NpzReader npz) {
    ScaleGmnRun run = new ScaleGmnRun(golden, file, npz);
    run.forward(device);
    run.backward();
    return run;
  }

  private void forward(Device device) {
    List<List<double[]>> byNetwork = new ArrayList<>();
    for (int m = 0; m < golden.networks(); m++) {
      LayeredArchitecture architecture = golden.architecture(m);
      Tape tape = new Tape(device, parameters, 1, Tape.Mode.TRAINING);
      Program program = metanet.recordDifferentiable(tape, architecture).program(tape);
      program.load(0, ExampleParts.ofWeights(golden.parameters(npz, m, architecture)));
      program.forward(1);
      architectures.add(architecture);
      programs.add(program);
      byNetwork.add(blocks(program, Tensor::values));
    }
    for (int k = 0; k < byNetwork.get(0).size(); k++) {
      int field = k;
      outputs.add(
          byNetwork.stream().flatMapToDouble(blocks -> Arrays.stream(blocks.get(field))).toArray());
    }
  }

  /** A network's results in the order of the case's fields. */
  private List<double[]> blocks(Program program, Function<Tensor, float[]> of) {
    List<double[]> all =
        program.outputs().stream().map(t -> doubles(of.apply(t), t.rows() * t.width())).toList();
    if (!golden.head().equals("xe")) {
      return all;
    }
    int depth = golden.depth();
    return List.of(concatenate(all.subList(depth, all.size())), concatenate(all.subList(0, depth)));
  }

  private void backward() {
    List<double[]> gradients = LossGradient.of(golden, npz, outputs);
    for (int m = 0; m < golden.networks(); m++) {
      List<Tensor> fields = new ArrayList<>(programs.get(m).outputs());
      if (golden.head().equals("xe")) {
        int depth = golden.depth();
        scatter(gradients.get(0), m, fields.subList(depth, fields.size()));
        scatter(gradients.get(1), m, fields.subList(0, depth));
      } else {
        for (int k = 0; k < fields.size(); k++) {
          scatter(gradients.get(k), m, List.of(fields.get(k)));
        }
      }
      programs.get(m).backward();
    }
  }

  private void scatter(double[] all, int m, List<Tensor> tensors) {
    int at = m * (all.length / golden.networks());
    for (Tensor tensor : tensors) {
      for (int i = 0; i < tensor.rows() * tensor.width(); i++) {
        tensor.gradients()[i] = (float) all[at++];
      }
    }
  }

  GoldenDistance distance() {
    double largest = 0;
    for (int k = 0; k < outputs.size(); k++) {
      double[] expected = golden.array(npz, "out/" + k);
      largest = Math.max(largest, GoldenDistance.between(outputs.get(k), expected, 0));
    }
    return new GoldenDistance(largest, Math.max(parameterGradients(), networkGradients()));
  }

  private double parameterGradients() {
    double floor = NEGLIGIBLE * GoldenDistance.norm(golden.array(npz, "grad_in/edge_attr"));
    double largest = 0;
    for (Parameter parameter : metanet.layout().parameters()) {
      String field = "grad/" + parameter.name();
      int from = parameter.offset();
      double[] actual = new double[parameter.size()];
      for (int i = 0; i < actual.length; i++) {
        actual[i] = parameters.gradients()[from + i];
      }
      if (npz.names().contains(field)) {
        double distance = GoldenDistance.between(actual, golden.array(npz, field), floor);
        largest = Math.max(largest, distance);
      } else if (GoldenDistance.norm(actual) != 0) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return largest;
  }

  private double networkGradients() {
    double largest = 0;
    for (int m = 0; m < golden.networks(); m++) {
      float[] gradient = new float[architectures.get(m).parameterCount()];
      programs.get(m).exampleGradient(0, gradient);
      double[] actual = doubles(gradient, gradient.length);
      largest = Math.max(largest, GoldenDistance.between(actual, expectedNetworkGradient(m), 0));
    }
    return largest;
  }

  /** The case's gradients by node and edge features, as one by the flat parameters. */
  private double[] expectedNetworkGradient(int m) {
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
              flat[layer.weightOffset() + weight] = edges[edge + (margin + r) * side + margin + c];
            }
          }
        }
      }
    }
    return flat;
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
