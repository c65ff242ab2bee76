package io.gradzoo.engine.gradient;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * Takes gradient sets of networks of one architecture, in a workspace of its own: one forward and
 * one backward pass per chunk of samples. Not thread-safe.
 */
public final class GradientExtraction {
  /** Rows of the widest layer, in floats, of a chunk that stays in a core's cache. */
  private static final int CHUNK_NUMBERS = 1 << 15;

  private static final int LARGEST_CHUNK = 64;

  /** Samples at a time where there are convolutions: what a vector holds. */
  private static final int CONVOLUTION_CHUNK = Kernels.LANES;

  private final LayeredArchitecture architecture;
  private final ConvolutionForm form;
  private final BatchedNetwork network;
  private final int chunk;
  private final float[] chunkValues;
  private final float[] chunkSignals;

  /** A workspace for networks of this architecture, with full gradients of convolutions. */
  public GradientExtraction(LayeredArchitecture architecture) {
    this(architecture, ConvolutionForm.GRADIENTS);
  }

  /**
   * A workspace for networks of this architecture.
   *
   * @param form what is kept of convolutions
   */
  public GradientExtraction(LayeredArchitecture architecture, ConvolutionForm form) {
    this(architecture, form, CpuKernels.best());
  }

  /** A workspace that computes with these kernels. */
  public GradientExtraction(
      LayeredArchitecture architecture, ConvolutionForm form, Kernels kernels) {
    this.architecture = architecture;
    this.form = form;
    this.chunk = chunk(architecture);
    this.network = new BatchedNetwork(architecture, chunk, kernels);
    this.chunkValues = new float[chunk];
    this.chunkSignals = new float[chunk * architecture.outputs()];
  }

  /** Arrays that {@link #extract(float[], int, float[], Signal, SampleGradients)} fills. */
  public SampleGradients allocate(int samples) {
    return SampleGradients.allocate(architecture, form, samples);
  }

  /**
   * The gradient set of one network, with moments.
   *
   * @param parameters flat vector that starts at {@code parameterOffset}, finite
   * @param inputs the probe set, [samples, input size], channel-major
   * @param samples number of samples, positive
   * @param signal what is differentiated
   * @throws IllegalArgumentException if the set is empty, or inputs, targets or parameters do not
   *     fit the architecture
   */
  public GradientSet extract(
      float[] parameters, int parameterOffset, float[] inputs, int samples, Signal signal) {
    SampleGradients gradients = allocate(samples);
    float[] batchGradient = new float[architecture.parameterCount()];
    new ProbedNetwork(parameters, parameterOffset, inputs, samples, signal)
        .requireFit(architecture);
    network.load(parameters, parameterOffset);
    for (int first = 0; first < samples; first += chunk) {
      take(inputs, signal, gradients, first);
      network.addGradient(1f / samples, batchGradient);
    }
    return GradientSet.of(gradients, batchGradient);
  }

  /**
   * The sample gradients of one network, without moments; nothing is allocated.
   *
   * @param parameters flat vector that starts at {@code parameterOffset}, finite
   * @param inputs the probe set, [samples, input size], channel-major
   * @param signal what is differentiated
   * @param target filled; from {@link #allocate}
   * @throws IllegalArgumentException if inputs, targets or parameters do not fit the architecture
   */
  public void extract(
      float[] parameters,
      int parameterOffset,
      float[] inputs,
      Signal signal,
      SampleGradients target) {
    new ProbedNetwork(parameters, parameterOffset, inputs, target.samples(), signal)
        .requireFit(architecture);
    network.load(parameters, parameterOffset);
    for (int first = 0; first < target.samples(); first += chunk) {
      take(inputs, signal, target, first);
    }
  }

  /** Takes the gradients of the chunk that begins at sample {@code first}. */
  private void take(float[] inputs, Signal signal, SampleGradients target, int first) {
    int rows = Math.min(chunk, target.samples() - first);
    float[] outputs = network.forward(inputs, first * architecture.input().size(), rows);
    signal.evaluate(first, rows, architecture.outputs(), outputs, chunkValues, chunkSignals);
    System.arraycopy(chunkValues, 0, target.values(), first, rows);
    network.backward(chunkSignals);
    List<LayerGradients> layers = target.layers();
    for (int i = 0; i < layers.size(); i++) {
      collect(layers.get(i), first);
    }
  }

  private void collect(LayerGradients target, int first) {
    AffineLayer layer = target.layer();
    int index = layer.index();
    if (target instanceof DenseFactors factors) {
      network.copyInputs(index, factors.inputs(), first * layer.in());
      network.copySignals(index, factors.signals(), first * layer.out());
    } else if (target instanceof ConvolutionFactors factors) {
      network.copyInputs(index, factors.maps(), first * layer.input().size());
      network.copyPositionSignals(index, factors.signals(), first * layer.output().size());
    } else if (target instanceof ConvolutionGradients gradients) {
      network.sampleGradients(
          index,
          gradients.weights(),
          first * layer.weightCount(),
          layer.weightCount(),
          gradients.biases(),
          first * layer.out(),
          layer.out());
    }
  }

  private static int chunk(LayeredArchitecture architecture) {
    if (!architecture.dense()) {
      return CONVOLUTION_CHUNK;
    }
    int widest = architecture.input().size();
    for (AffineLayer layer : architecture.affineLayers()) {
      widest = Math.max(widest, layer.in());
    }
    return Math.max(1, Math.min(LARGEST_CHUNK, CHUNK_NUMBERS / widest));
  }
}
