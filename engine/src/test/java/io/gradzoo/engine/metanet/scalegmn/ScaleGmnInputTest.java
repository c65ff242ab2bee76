package io.gradzoo.engine.metanet.scalegmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of several architectures, that do not fit, or with extreme numbers. */
class ScaleGmnInputTest {
  private static final String WIDE = "3:dense9:dense4:dense2";
  private static final String NARROW = "3:dense2:dense7:dense2";

  @Test
  void aBatchMayHoldNetworksOfSeveralWidthsAndActivations() {
    Variant variant =
        Variant.all().stream()
            .filter(v -> v.config().symmetry() == RescalingGroup.HETERO)
            .filter(v -> v.architecture().id().equals("relu:3:dense5:dense4:dense2"))
            .filter(
                v -> v.config().head() instanceof ScaleGmnHead.Invariant one && one.outputs() == 1)
            .findFirst()
            .orElseThrow();
    ScaleGmn metanetwork = variant.build();
    Workspace workspace = new Workspace(metanetwork);
    workspace.load(Results.generic(metanetwork));
    List<Example> stream = new ArrayList<>();
    List<String> ids = List.of("relu:" + WIDE, "tanh:" + NARROW, "relu:" + NARROW, "tanh:" + WIDE);
    for (int i = 0; i < 40; i++) {
      LayeredArchitecture architecture = LayeredArchitecture.parse(ids.get(i * 7 % ids.size()));
      float[] network = Vectors.gaussian(architecture.parameterCount(), 0.5, i);
      stream.add(new Example("m" + i, architecture, ExampleParts.ofWeights(network), 0.5f));
    }

    float[] together = workspace.predict(stream);

    for (int i = 0; i < stream.size(); i++) {
      float alone = workspace.predict(List.of(stream.get(i)))[0];
      assertThat(together[i]).as(stream.get(i).id()).isCloseTo(alone, within(1e-6f));
    }
    assertThat(together).doesNotHaveDuplicates();
  }

  @Test
  void anArchitectureThatDoesNotFitIsNamedWithEveryDifference() {
    ScaleGmn metanetwork = Variant.relu(Direction.FORWARD).build();

    assertThatThrownBy(
            () -> compile(metanetwork, LayeredArchitecture.parse("relu:3:dense5:dense2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network relu:3:dense5:dense2: expected 1 inputs, 4 affine layers, 3 outputs, as this"
                + " metanetwork was built for, found 3, 2, 2");
    String larger = "relu:1x9x9:conv4k5s1p0:conv5k1s1p0:conv4k3s1p0:gap:dense3";
    assertThatThrownBy(() -> compile(metanetwork, LayeredArchitecture.parse(larger)))
        .hasMessageEndingWith(
            "expected kernels of side 3 at most, as this metanetwork was built for, found side 5");
  }

  @Test
  void aHeadWhoseEdgesAreNoKernelsIsRefused() {
    Variant cnn =
        Variant.all().stream()
            .filter(v -> v.config().head() instanceof ScaleGmnHead.GraphDeltas)
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(
            () ->
                new ScaleGmn(
                    cnn.config(), GraphLayout.of(LayeredArchitecture.parse("relu:" + WIDE))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scalegmn: head: expected 1 numbers an edge, as kernels have, found 9");
  }

  @Test
  void anotherCountOfParametersIsRefused() {
    Variant variant = Variant.relu(Direction.FORWARD);
    Program program = compile(variant.build(), variant.architecture());

    assertThatThrownBy(() -> program.load(0, ExampleParts.ofWeights(new float[7])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network %s: expected %d parameters, found 7",
            variant.architecture(), variant.architecture().parameterCount());
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    Variant variant = Variant.relu(Direction.FORWARD);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] network = network(variant);
      network[5] = bad;

      assertThatThrownBy(() -> ExampleParts.ofWeights(network).requireFinite())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("example: expected finite weights, found %s at index 5", bad);
      assertThatThrownBy(() -> ExampleParts.ofFeatures(network).requireFinite())
          .hasMessage("example: expected finite features, found %s at index 5", bad);
    }
  }

  static List<Variant> allVariants() {
    return Variant.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allVariants")
  void zeroKernelsAndDeadLayersGiveFiniteResultsAndGradients(Variant variant) {
    float[] zeroKernel = network(variant);
    AffineLayer second = variant.architecture().affineLayers().get(1);
    int kernel = second.kernel() * second.kernel();
    Arrays.fill(zeroKernel, second.weightOffset(), second.weightOffset() + kernel, 0f);
    float[] deadLayer = network(variant);
    Arrays.fill(deadLayer, second.weightOffset(), second.biasOffset() + second.out(), 0f);
    float[] nothing = new float[zeroKernel.length];
    float[] tiny = network(variant);
    float[] huge = network(variant);
    for (int i = 0; i < tiny.length; i++) {
      tiny[i] *= 1e-6f;
      huge[i] *= 1e6f;
    }

    assertFinite(variant, zeroKernel, deadLayer, nothing);
    assertFinite(variant, tiny, huge);
  }

  private static void assertFinite(Variant variant, float[]... networks) {
    ScaleGmn metanetwork = variant.build();
    Parameters parameters = Parameters.over(Results.generic(metanetwork));
    Tape tape = new Tape(CpuDevice.best(), parameters, networks.length, Tape.Mode.TRAINING);
    Program program = metanetwork.recordDifferentiable(tape, variant.architecture()).program(tape);
    for (int slot = 0; slot < networks.length; slot++) {
      program.load(slot, ExampleParts.ofWeights(networks[slot]));
    }
    program.forward(networks.length);
    for (Tensor output : program.outputs()) {
      assertFinite(output.values());
      Arrays.fill(output.gradients(), 1f);
    }
    program.backward();
    assertFinite(parameters.gradients());
    for (int slot = 0; slot < networks.length; slot++) {
      float[] gradient = new float[networks[slot].length];
      program.exampleGradient(slot, gradient);
      assertFinite(gradient);
    }
  }

  private static void assertFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new AssertionError("expected finite numbers, found " + value);
      }
    }
  }

  private static Program compile(ScaleGmn metanetwork, LayeredArchitecture architecture) {
    Parameters parameters = Parameters.over(Results.generic(metanetwork));
    return metanetwork.compile(
        architecture, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE));
  }

  private static float[] network(Variant variant) {
    return Vectors.gaussian(variant.architecture().parameterCount(), 0.5, 7);
  }
}
