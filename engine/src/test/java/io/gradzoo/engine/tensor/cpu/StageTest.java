package io.gradzoo.engine.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Tiles of a stage, at sizes where there are several. */
class StageTest {
  private static final int WIDTH = 128;
  private static final int FIRST = 9;
  private static final int SECOND = 16;
  private static final int MODELS = 5;

  private final ParameterLayout layout = new ParameterLayout();
  private final Parameter map = layout.add("map", Initialization.linear(WIDTH), WIDTH, WIDTH);
  private final Parameter gate = layout.add("gate", Initialization.linear(WIDTH), WIDTH, WIDTH);
  private final Parameter bias = layout.add("bias", Initialization.normal(), WIDTH);
  private final Parameter gain = layout.add("gain", Initialization.constant(1f), WIDTH);
  private final Parameter shift = layout.add("shift", Initialization.constant(0f), WIDTH);
  private final float[] values = layout.initialize(1);

  /** A message-passing step: edges [p · q, width] and nodes [p, width] to nodes [q, width]. */
  private Tensor messages(
      Tape tape, Tensor edges, Tensor nodes, BiFunction<Tape, Tensor, Tensor> between) {
    Tensor mapped = between.apply(tape, tape.linear(map.matrix(), edges));
    Tensor x = between.apply(tape, tape.gridProduct(mapped, nodes, GridAxis.FIRST));
    Tensor straight = between.apply(tape, tape.linear(gate.matrix(), x));
    Tensor unit = between.apply(tape, tape.unitNorm(x));
    Tensor hidden = between.apply(tape, tape.affine(map.matrix(), bias, unit));
    Tensor active = between.apply(tape, tape.layerNormSilu(hidden, gain, shift));
    Tensor even = between.apply(tape, tape.evenLayerNormSilu(active, bias, gain, shift));
    Tensor sum = between.apply(tape, tape.sum(active, even, x));
    Tensor gated = between.apply(tape, tape.affine(gate.matrix(), bias, sum));
    Tensor message = between.apply(tape, tape.product(straight, gated));
    return tape.gridSum(message, FIRST, GridAxis.FIRST);
  }

  /** Outputs, gradients of the inputs, gradients of the parameters. */
  private record Pass(float[] outputs, float[] edges, float[] nodes, float[] parameters) {}

  private Pass run(int firstModel, int models, BiFunction<Tape, Tensor, Tensor> between) {
    Parameters parameters = Parameters.over(values);
    Tape tape = new Tape(CpuDevice.best(), parameters, models, Tape.Mode.TRAINING);
    Tensor edges = tape.differentiableInput(FIRST * SECOND, WIDTH);
    Tensor nodes = tape.differentiableInput(FIRST, WIDTH);
    Tensor y = tape.output(messages(tape, edges, nodes, between));
    tape.seal();
    fill(edges, firstModel);
    fill(nodes, firstModel);
    tape.forward(models);
    int outputs = SECOND * WIDTH;
    for (int i = 0; i < y.gradients().length; i++) {
      y.gradients()[i] = (float) Math.cos(firstModel * outputs + i);
    }
    tape.backward();
    return new Pass(y.values(), edges.gradients(), nodes.gradients(), parameters.gradients());
  }

  private static void fill(Tensor input, int firstModel) {
    int from = firstModel * input.rows() * input.width();
    for (int i = 0; i < input.values().length; i++) {
      input.values()[i] = (float) Math.sin(0.7 * (from + i));
    }
  }

  /** One model alone fits into one tile; five are cut into several, across models. */
  @Test
  void modelsDoNotSeeHowTheyAreCutIntoTiles() {
    Pass all = run(0, MODELS, (tape, tensor) -> tensor);
    float[] sum = new float[values.length];
    for (int model = 0; model < MODELS; model++) {
      Pass one = run(model, 1, (tape, tensor) -> tensor);
      assertThat(part(all.outputs, model)).isEqualTo(one.outputs);
      assertThat(part(all.edges, model)).isEqualTo(one.edges);
      assertThat(part(all.nodes, model)).isEqualTo(one.nodes);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one.parameters[i];
      }
    }
    assertClose(all.parameters, sum);
  }

  /** What is declared an output is stored whole, so declaring everything one is the oracle. */
  @Test
  void whatIsComputedAgainForTheAdjointIsWhatWasThereBefore() {
    Pass held = run(0, MODELS, (tape, tensor) -> tensor);
    Pass stored = run(0, MODELS, Tape::output);

    assertClose(held.outputs, stored.outputs);
    assertClose(held.edges, stored.edges);
    assertClose(held.nodes, stored.nodes);
    assertClose(held.parameters, stored.parameters);
  }

  private static float[] part(float[] all, int model) {
    int size = all.length / MODELS;
    return Arrays.copyOfRange(all, model * size, (model + 1) * size);
  }

  private static void assertClose(float[] actual, float[] expected) {
    float scale = 0f;
    for (float number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("number %d", i).isCloseTo(expected[i], within(2e-5f * scale));
    }
  }
}
