package io.gradzoo.jobs.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.datasets.parameters.PublicParameters;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.AdamW;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Twenty steps of AdamW with clipping, as real PyTorch makes them in double: {@code
 * torch-training.json}, which {@code deploy/bench/twin.py --train 20} printed.
 */
class TorchTrainingTest {
  private static final double RATE = 0.01;

  @TempDir Path folder;

  static Stream<ScaleGmnCase> cases() {
    return GoldenFiles.scaleGmn().stream()
        .filter(
            golden -> List.of("cnn_relu_fw_last", "cnn_tanh_bidir_full").contains(golden.name()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossesAndGradientsOfATrainingAreThoseOfPyTorch(ScaleGmnCase golden) throws IOException {
    JsonNode expected = read("torch-training.json").get(golden.name());
    Path file = folder.resolve("golden.npz");
    Files.write(file, GoldenFiles.bytes(GoldenFiles.class, golden.entry().get("file").asText()));
    try (NpzReader npz = NpzReader.open(file)) {
      Training training = new Training(golden, npz, file);
      for (int step = 0; step < expected.get("losses").size(); step++) {
        double loss = training.loss();
        double length = training.step();
        assertThat(loss)
            .as("loss before step %d", step)
            .isCloseTo(expected.get("losses").get(step).asDouble(), within(2e-6));
        double expectedLength = expected.get("gradients").get(step).asDouble();
        assertThat(length)
            .as("gradient of step %d", step)
            .isCloseTo(expectedLength, within(1e-4 * expectedLength));
      }
    }
  }

  private static JsonNode read(String resource) throws IOException {
    try (var in = TorchTrainingTest.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** All networks of a case as one batch. */
  private static final class Training {
    private final ScaleGmnCase golden;
    private final NpzReader npz;
    private final Parameters parameters;
    private final List<Program> programs = new ArrayList<>();
    private final AdamW optimizer;
    private final GlobalNormClip clip = new GlobalNormClip(0.03);

    Training(ScaleGmnCase golden, NpzReader npz, Path file) {
      this.golden = golden;
      this.npz = npz;
      ScaleGmn metanetwork =
          new ScaleGmn(
              PublicConfig.read(golden.entry().get("args"), golden.head(), golden.compatibility()),
              GraphLayout.of(golden.architecture(0)));
      parameters = Parameters.over(PublicParameters.read(file, metanetwork.layout()));
      optimizer = new AdamW(parameters.values().length, 0.05);
      for (int m = 0; m < golden.networks(); m++) {
        LayeredArchitecture architecture = golden.architecture(m);
        Tape tape = new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.TRAINING);
        Program program = metanetwork.recordDifferentiable(tape, architecture).program(tape);
        program.load(0, ExampleParts.ofWeights(golden.parameters(npz, m, architecture)));
        programs.add(program);
      }
    }

    double loss() {
      double[] targets = golden.array(npz, "loss/target");
      double loss = 0;
      for (int m = 0; m < programs.size(); m++) {
        programs.get(m).forward(1);
        double p = 1 / (1 + Math.exp(-programs.get(m).output().values()[0]));
        loss += (p - targets[m]) * (p - targets[m]) / targets.length;
      }
      return loss;
    }

    /** Makes a step; returns the length of the gradient. */
    double step() {
      double[] outputs =
          programs.stream().mapToDouble(program -> program.output().values()[0]).toArray();
      double[] slopes = LossGradient.of(golden, npz, List.of(outputs)).get(0);
      parameters.clearGradients();
      for (int m = 0; m < programs.size(); m++) {
        programs.get(m).output().gradients()[0] = (float) slopes[m];
        programs.get(m).backward();
      }
      double length = clip.apply(parameters.gradients());
      optimizer.step(parameters.values(), parameters.gradients(), RATE);
      parameters.changed();
      return length;
    }
  }
}
