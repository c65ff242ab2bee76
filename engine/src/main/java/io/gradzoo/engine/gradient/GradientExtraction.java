package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
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
    require(parameters, parameterOffset, inputs, signal, samples);
    network.load(parameters, parameterOffset);
    for (int first = 0; first < samples; first += chunk) {
      take(inputs, signal, gradients, first);
      network.addGradient(1f / samples, batchGradient);
    }
    List<LayerMoments> moments = gradients.layers().stream().map(LayerGradients::moments).toList();
    return new GradientSet(
        architecture,
        gradients.values(),
        gradients.layers(),
        moments,
        discrepancy(gradients.layers(), moments, batchGradient));
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
    require(parameters, parameterOffset, inputs, signal, target.samples());
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

  private void require(
      float[] parameters, int parameterOffset, float[] inputs, Signal signal, int samples) {
    int size = architecture.input().size();
    if (inputs.length != samples * size) {
      throw Fault.of("gradient set of " + architecture)
          .expected(
              "a probe set of "
                  + samples
                  + " inputs of "
                  + architecture.input()
                  + " ("
                  + samples * size
                  + " numbers)")
          .found(inputs.length + " numbers")
          .fix("probe images of the network's shape")
          .exception();
    }
    signal.require(architecture.id(), architecture.outputs(), samples);
    for (AffineLayer layer : architecture.affineLayers()) {
      int end = parameterOffset + layer.biasOffset() + layer.out();
      for (int i = parameterOffset + layer.weightOffset(); i < end; i++) {
        if (!Float.isFinite(parameters[i])) {
          throw Fault.of("gradient set of " + architecture)
              .expected("finite parameters")
              .found(
                  parameters[i] + " at " + (i - parameterOffset) + " (layer " + layer.index() + ")")
              .exception();
        }
      }
    }
  }

  private double discrepancy(
      List<LayerGradients> gradients, List<LayerMoments> moments, float[] batchGradient) {
    double worst = 0;
    for (LayerGradients layer : gradients) {
      worst =
          Math.max(worst, discrepancy(layer, moments.get(layer.layer().index()), batchGradient));
    }
    return worst;
  }

  private static double discrepancy(
      LayerGradients gradients, LayerMoments moments, float[] batchGradient) {
    AffineLayer layer = gradients.layer();
    int weights = layer.weightCount();
    boolean exact =
        BatchDifference.tellsSize(moments.meanSquaredWeight())
            && BatchDifference.tellsSize(moments.meanSquaredBias());
    double[] squares = exact ? null : meanSquares(gradients);
    BatchDifference ofWeights = new BatchDifference(gradients.samples());
    for (int i = 0; i < weights; i++) {
      double square = exact ? moments.meanSquaredWeight()[i] : squares[i];
      ofWeights.add(moments.meanWeight()[i], square, batchGradient[layer.weightOffset() + i]);
    }
    BatchDifference ofBiases = new BatchDifference(gradients.samples());
    for (int i = 0; i < layer.out(); i++) {
      double square = exact ? moments.meanSquaredBias()[i] : squares[weights + i];
      ofBiases.add(moments.meanBias()[i], square, batchGradient[layer.biasOffset() + i]);
    }
    return Math.max(ofWeights.relative(), ofBiases.relative());
  }

  /** Mean squares of a layer's sample gradients in double: weights, then biases. */
  private static double[] meanSquares(LayerGradients gradients) {
    AffineLayer layer = gradients.layer();
    float[] gradient = new float[layer.weightCount() + layer.out()];
    double[] squares = new double[gradient.length];
    for (int n = 0; n < gradients.samples(); n++) {
      gradients.sampleGradient(n, gradient, 0);
      for (int i = 0; i < squares.length; i++) {
        squares[i] += (double) gradient[i] * gradient[i] / gradients.samples();
      }
    }
    return squares;
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
