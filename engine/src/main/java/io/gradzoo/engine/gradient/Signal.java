package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
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
   * Checks that the signal is defined for a set.
   *
   * @param network named in errors
   * @throws IllegalArgumentException if the number of outputs or samples does not fit
   */
  void require(String network, int outputs, int samples);

  /** Where the targets come from, as tables name it: label, model_sampled or output. */
  String kind();

  /** What is differentiated, as tables name it: ce, half_mse, mse_sum or output_k. */
  String loss();

  /**
   * The loss against the samples' own targets.
   *
   * @param of loss
   * @param targets targets of the whole set
   */
  record Label(Loss of, Targets targets) implements Signal {
    @Override
    public void evaluate(
        int first, int rows, int width, float[] outputs, float[] values, float[] signals) {
      of.evaluate(targets, first, rows, width, outputs, values, signals);
    }

    @Override
    public void require(String network, int outputs, int samples) {
      if (targets.size(outputs) != samples) {
        throw mismatch(network, samples + " targets", targets.size(outputs) + "");
      }
      if (targets instanceof Targets.Labels labels) {
        for (int n = 0; n < samples; n++) {
          int label = labels.labels()[n];
          if (label < 0 || label >= outputs) {
            throw Fault.of("gradient set of " + network)
                .expected("labels in 0…%d", outputs - 1)
                .found("%d at sample %d", label, n)
                .fix("a probe set with the network's classes")
                .exception();
          }
        }
      }
    }

    @Override
    public String kind() {
      return "label";
    }

    @Override
    public String loss() {
      return of.id();
    }
  }

  /**
   * The loss against a label that is drawn from the model's own distribution: a class from the
   * softmax, or the output plus Gaussian noise of variance 1 (half squared error) or ½ (squared
   * error). The mean of squared gradients over seeds is the diagonal of the true Fisher matrix. A
   * label is a function of the seed, the sample's place in the set and the outputs.
   *
   * @param of loss
   * @param start place of the samples' first in the set, where they are a part of it
   */
  record ModelSampled(Loss of, long seed, int start) implements Signal {
    /** The signal of a whole set. */
    public ModelSampled(Loss of, long seed) {
      this(of, seed, 0);
    }

    @Override
    public void evaluate(
        int first, int rows, int width, float[] outputs, float[] values, float[] signals) {
      if (of == Loss.SOFTMAX_CROSS_ENTROPY) {
        Loss.softmax(rows, width, outputs, signals);
      }
      for (int row = 0; row < rows; row++) {
        if (of == Loss.SOFTMAX_CROSS_ENTROPY) {
          int label = SampledLabel.category(seed, start + first + row, signals, row * width, width);
          values[row] = (float) -StrictMath.log(signals[row * width + label]);
          signals[row * width + label] -= 1f;
        } else {
          values[row] = (float) noise(start + first + row, row * width, width, signals);
        }
      }
    }

    /** Signals of f + noise as the target, which do not depend on f; returns the loss. */
    private double noise(int sample, int row, int width, float[] signals) {
      double slope = of == Loss.SQUARED_ERROR ? Math.sqrt(2) : 1;
      double sum = 0;
      for (int j = 0; j < width; j++) {
        double z = SampledLabel.gaussian(seed, sample, j);
        signals[row + j] = (float) (-slope * z);
        sum += z * z / 2;
      }
      return sum;
    }

    @Override
    public void require(String network, int outputs, int samples) {}

    @Override
    public String kind() {
      return "model_sampled";
    }

    @Override
    public String loss() {
      return of.id();
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
      Arrays.fill(signals, 0, rows * width, 0f);
      for (int row = 0; row < rows; row++) {
        values[row] = outputs[row * width + index];
        signals[row * width + index] = 1f;
      }
    }

    @Override
    public void require(String network, int outputs, int samples) {
      if (index < 0 || index >= outputs) {
        throw mismatch(network, "an output in 0…" + (outputs - 1), index + "");
      }
    }

    @Override
    public String kind() {
      return "output";
    }

    @Override
    public String loss() {
      return "output_" + index;
    }
  }

  private static IllegalArgumentException mismatch(String network, String expected, String found) {
    return Fault.of("gradient set of " + network).expected(expected).found(found).exception();
  }
}
