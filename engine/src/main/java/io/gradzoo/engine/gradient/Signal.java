package io.gradzoo.engine.gradient;

import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import java.util.Arrays;

/** The number per sample whose gradients make up a gradient set. */
public sealed interface Signal {

  /**
   * Values and output signals of consecutive samples.
   *
   * @param first the set's sample that row 0 belongs to
   * @param outputs [rows, width]
   * @param values written, [rows]: the number that is differentiated
   * @param signals written, [rows, width]: its gradient in the outputs
   */
  void evaluate(int first, int rows, int width, float[] outputs, float[] values, float[] signals);

  /**
   * The loss against the samples' own targets.
   *
   * @param targets targets of the whole set
   */
  record Label(Loss loss, Targets targets) implements Signal {
    @Override
    public void evaluate(
        int first, int rows, int width, float[] outputs, float[] values, float[] signals) {
      loss.evaluate(targets, first, rows, width, outputs, values, signals);
    }
  }

  /**
   * One output of the network: f_index(x), as in the curvature task of GradMetaNet (App. F.1).
   *
   * @param index output, from 0
   */
  record Output(int index) implements Signal {
    @Override
    public void evaluate(
        int first, int rows, int width, float[] outputs, float[] values, float[] signals) {
      if (index < 0 || index >= width) {
        throw new IllegalArgumentException(
            "output signal: expected an output in 0…" + (width - 1) + ", found " + index);
      }
      Arrays.fill(signals, 0, rows * width, 0f);
      for (int row = 0; row < rows; row++) {
        values[row] = outputs[row * width + index];
        signals[row * width + index] = 1f;
      }
    }
  }
}
