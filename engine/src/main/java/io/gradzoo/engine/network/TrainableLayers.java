package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import java.util.SplittableRandom;

/** Networks of dense and convolution layers under training, a chunk of samples at a time. */
public final class TrainableLayers implements TrainableNetwork {
  /** Size of the layer rows of a chunk, in floats, that still fits a core's cache. */
  private static final int CHUNK_NUMBERS = 1 << 17;

  private static final int LARGEST_CHUNK = 256;

  /** Samples at a time where there are convolutions. */
  static final int CONVOLUTION_CHUNK = 64;

  private final LayeredArchitecture architecture;
  private final BatchedNetwork network;
  private final int chunk;
  private final float[] inputs;
  private final int[] labels;
  private final Targets targets;
  private final float[] losses;
  private final float[] signals;
  private DropoutMasks masks;

  /** A workspace for networks of an architecture. */
  public TrainableLayers(LayeredArchitecture architecture) {
    this(architecture, CpuKernels.best());
  }

  /** The same on other kernels. */
  public TrainableLayers(LayeredArchitecture architecture, Kernels kernels) {
    this.architecture = architecture;
    this.chunk = chunkSize(architecture);
    this.network = new BatchedNetwork(architecture, chunk, kernels);
    this.inputs = new float[chunk * architecture.input().size()];
    this.labels = new int[chunk];
    this.targets = new Targets.Labels(labels);
    this.losses = new float[chunk];
    this.signals = new float[chunk * architecture.outputs()];
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public void requireFit(String what, Samples samples) {
    boolean fits =
        architecture.input().positions() == 1
            ? samples.shape().size() == architecture.input().size()
            : samples.shape().equals(architecture.input());
    if (!fits) {
      throw TargetTraining.mismatch(
          architecture, what, "inputs of " + architecture.input(), samples.shape());
    }
  }

  @Override
  public float[] begin(Recipe recipe, SplittableRandom random) {
    masks = recipe.dropout() > 0 ? new DropoutMasks(architecture, chunk, recipe.dropout()) : null;
    return recipe.initializer().parameters(architecture, recipe.initializerScale(), random);
  }

  @Override
  public double accumulate(
      float[] parameters,
      Samples samples,
      int[] order,
      int first,
      int batch,
      SplittableRandom dropout,
      float[] gradient) {
    double loss = 0;
    for (int done = 0; done < batch; done += chunk) {
      int rows = Math.min(chunk, batch - done);
      samples.gather(order, first + done, rows, inputs, labels);
      float[] outputs;
      if (masks == null) {
        outputs = network.forward(parameters, 0, inputs, 0, rows);
      } else {
        masks.draw(dropout, rows);
        outputs = network.forward(parameters, 0, inputs, 0, rows, masks);
      }
      loss += evaluate(rows, outputs);
      network.backward(signals);
      network.addGradient(1f / batch, gradient);
    }
    return loss;
  }

  /** On the weights, not the biases. */
  @Override
  public void addPenalty(float slope, float[] parameters, float[] gradient) {
    for (AffineLayer layer : architecture.affineLayers()) {
      for (int i = layer.weightOffset(); i < layer.biasOffset(); i++) {
        gradient[i] += slope * parameters[i];
      }
    }
  }

  @Override
  public LossAndAccuracy evaluate(float[] parameters, Samples samples, int[] rows) {
    double loss = 0;
    int correct = 0;
    for (int first = 0; first < rows.length; first += chunk) {
      int count = Math.min(chunk, rows.length - first);
      samples.gather(rows, first, count, inputs, labels);
      float[] outputs = network.forward(parameters, 0, inputs, 0, count);
      correct += Loss.countCorrect(count, architecture.outputs(), outputs, labels, 0);
      loss += evaluate(count, outputs);
    }
    return new LossAndAccuracy(loss / rows.length, (double) correct / rows.length);
  }

  /** Losses and signals of the chunk; returns the sum of the losses. */
  private double evaluate(int rows, float[] outputs) {
    int width = architecture.outputs();
    Loss.SOFTMAX_CROSS_ENTROPY.evaluate(targets, 0, rows, width, outputs, losses, signals);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += losses[i];
    }
    return sum;
  }

  private static int chunkSize(LayeredArchitecture architecture) {
    if (!architecture.dense()) {
      return CONVOLUTION_CHUNK;
    }
    int largest = architecture.input().size();
    for (AffineLayer layer : architecture.affineLayers()) {
      largest = Math.max(largest, layer.in());
    }
    return Math.max(8, Math.min(LARGEST_CHUNK, CHUNK_NUMBERS / largest));
  }
}
