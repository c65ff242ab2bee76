package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import java.util.List;

/**
 * Workspace that runs one architecture on batches: {@link #load}, {@code forward}, then {@link
 * #backward}, then any of the readers. Everything is allocated here once; no call allocates.
 * Forward and backward refer to the parameters last loaded, which must not have changed since;
 * backward and the readers to the last forward.
 *
 * <p>Signals are per sample and not divided by the batch size: g = ∂ loss_n / ∂u for u = W a + b
 * (GradMetaNet, §3), so dW_n = g aᵀ for a dense layer and Σ over positions of g (patch)ᵀ for a
 * convolution. Not thread-safe.
 */
public final class BatchedNetwork {
  private final Architecture architecture;
  private final int capacity;
  private final Kernels kernels;
  private final Nonlinearity nonlinearity;
  private final ChannelOrder inputOrder;
  private final AffineStage[] stages;

  private final GlobalPool[] pools;
  private final float[][] activations;
  private final float[][] dropped;
  private final float[][] stageInputs;
  private final float[] input;
  private final float[] rowSignals;
  private final float[] inputSignals;

  private DropoutMasks masks;
  private int batch;

  /**
   * @param capacity largest batch, positive
   */
  public BatchedNetwork(Architecture architecture, int capacity) {
    this(architecture, capacity, CpuKernels.best());
  }

  /**
   * @param capacity largest batch, positive
   */
  public BatchedNetwork(Architecture architecture, int capacity, Kernels kernels) {
    if (capacity <= 0) {
      throw new IllegalArgumentException("batch capacity must be positive, found " + capacity);
    }
    this.architecture = architecture;
    this.capacity = capacity;
    this.kernels = kernels;
    this.nonlinearity =
        new Nonlinearity(kernels, architecture.activation(), architecture.frequency());
    Shape before = architecture.input();
    this.inputOrder = new ChannelOrder(before.channels(), before.positions());
    List<AffineLayer> layers = architecture.affineLayers();
    this.stages = new AffineStage[layers.size()];
    this.pools = new GlobalPool[layers.size()];
    this.activations = new float[layers.size() - 1][];
    this.dropped = new float[layers.size() - 1][];
    this.stageInputs = new float[layers.size()][];
    this.input = new float[capacity * before.size()];
    int rowNumbers = 0;
    int inputNumbers = 0;
    for (AffineLayer layer : layers) {
      stages[layer.index()] = new AffineStage(kernels, layer, capacity);
      if (before.positions() > 1 && layer.input().positions() == 1) {
        pools[layer.index()] = new GlobalPool(kernels, before, capacity);
      }
      rowNumbers = Math.max(rowNumbers, layer.output().positions() * layer.fanIn());
      inputNumbers = Math.max(inputNumbers, layer.input().size());
      before = layer.output();
    }
    for (int i = 0; i < activations.length; i++) {
      activations[i] =
          architecture.activation() == Activation.RELU
              ? stages[i].outputs()
              : new float[capacity * layers.get(i).output().size()];
      dropped[i] = new float[capacity * layers.get(i).output().size()];
    }
    this.rowSignals = new float[capacity * rowNumbers];
    this.inputSignals = new float[capacity * inputNumbers];
  }

  public Architecture architecture() {
    return architecture;
  }

  /** Largest batch. */
  public int capacity() {
    return capacity;
  }

  /**
   * Makes a network the one that the next passes run.
   *
   * @param parameters flat vector that starts at {@code parameterOffset}, kept
   */
  public void load(float[] parameters, int parameterOffset) {
    if (parameterOffset < 0
        || parameters.length - parameterOffset < architecture.parameterCount()) {
      throw new IllegalArgumentException(
          architecture
              + ": expected "
              + architecture.parameterCount()
              + " parameters, found "
              + (parameters.length - parameterOffset));
    }
    for (AffineStage stage : stages) {
      stage.load(parameters, parameterOffset);
    }
  }

  /**
   * Outputs of a batch.
   *
   * @param inputs samples, [batch, input size] from {@code inputOffset}, channel-major
   * @return [batch, outputs], in a buffer that the next forward overwrites
   */
  public float[] forward(float[] inputs, int inputOffset, int batch) {
    masks = null;
    return run(inputs, inputOffset, batch);
  }

  /**
   * Loads a network and returns the outputs of a batch.
   *
   * @param parameters flat vector that starts at {@code parameterOffset}
   * @param inputs samples, [batch, input size] from {@code inputOffset}, channel-major
   * @return [batch, outputs], in a buffer that the next forward overwrites
   */
  public float[] forward(
      float[] parameters, int parameterOffset, float[] inputs, int inputOffset, int batch) {
    load(parameters, parameterOffset);
    return forward(inputs, inputOffset, batch);
  }

  /** The same with dropout after every hidden activation; backward takes it into account. */
  public float[] forward(
      float[] parameters,
      int parameterOffset,
      float[] inputs,
      int inputOffset,
      int batch,
      DropoutMasks masks) {
    load(parameters, parameterOffset);
    this.masks = masks;
    return run(inputs, inputOffset, batch);
  }

  /**
   * Signals of every affine layer from those of the outputs.
   *
   * @param outputSignals ∂ loss_n / ∂f, [batch, outputs]
   */
  public void backward(float[] outputSignals) {
    int last = stages.length - 1;
    AffineStage output = stages[last];
    System.arraycopy(outputSignals, 0, output.signals(), 0, batch * output.outputSize());
    for (int i = last; i > 0; i--) {
      AffineStage below = stages[i - 1];
      float[] arriving = arriving(i, below.signals());
      int count = batch * below.outputSize();
      if (masks != null) {
        kernels.product(arriving, 0, masks.layer(i - 1), 0, arriving, 0, count);
      }
      nonlinearity.adjoint(below.outputs(), activations[i - 1], arriving, below.signals(), count);
    }
  }

  /**
   * gradient += scale · Σ over the batch of the gradients of the sample losses.
   *
   * @param gradient flat vector in the parameters' layout
   */
  public void addGradient(float scale, float[] gradient) {
    for (AffineStage stage : stages) {
      stage.addGradient(batch, scale, gradient);
    }
  }

  /**
   * ∂ loss_n / ∂W and ∂ loss_n / ∂b of one sample and one affine layer, positions summed.
   *
   * @param weights written from {@code weightAt}, [out, fan-in]
   * @param biases written from {@code biasAt}, [out]
   */
  public void sampleGradient(
      int layer, int sample, float[] weights, int weightAt, float[] biases, int biasAt) {
    stages[layer].sampleGradient(sample, weights, weightAt, biases, biasAt);
  }

  /** Writes a, the input of an affine layer: [batch, input size], channel-major. */
  public void copyInputs(int layer, float[] target, int targetOffset) {
    stages[layer].copyInputs(batch, stageInputs[layer], target, targetOffset);
  }

  /** Writes g, the signals of an affine layer: [batch, channels, positions]; dense [batch, out]. */
  public void copySignals(int layer, float[] target, int targetOffset) {
    AffineStage stage = stages[layer];
    stage.outputOrder().toChannelMajor(batch, stage.signals(), 0, target, targetOffset);
  }

  /** Writes g, the signals of an affine layer, as they are kept: [batch, positions, channels]. */
  public void copyPositionSignals(int layer, float[] target, int targetOffset) {
    AffineStage stage = stages[layer];
    System.arraycopy(stage.signals(), 0, target, targetOffset, batch * stage.outputSize());
  }

  /** Writes ∂ loss_n / ∂x: [batch, input size], channel-major. */
  public void inputGradient(float[] target, int targetOffset) {
    inputOrder.toChannelMajor(batch, arriving(0, inputSignals), 0, target, targetOffset);
  }

  private float[] run(float[] inputs, int inputOffset, int batch) {
    require(inputs, inputOffset, batch);
    this.batch = batch;
    inputOrder.toPlaceMajor(batch, inputs, inputOffset, input, 0);
    float[] current = input;
    for (AffineStage stage : stages) {
      int index = stage.layer().index();
      stageInputs[index] = pools[index] == null ? current : pools[index].forward(batch, current);
      stage.forward(stageInputs[index], batch);
      if (index < activations.length) {
        current = activate(stage);
      }
    }
    return stages[stages.length - 1].outputs();
  }

  private float[] activate(AffineStage stage) {
    int index = stage.layer().index();
    int count = batch * stage.outputSize();
    nonlinearity.apply(stage.outputs(), activations[index], count);
    if (masks == null) {
      return activations[index];
    }
    kernels.product(activations[index], 0, masks.layer(index), 0, dropped[index], 0, count);
    return dropped[index];
  }

  /**
   * Signals of what came into affine layer {@code index}, before its pool if it has one.
   *
   * @param memory where they are written unless there is a pool
   */
  private float[] arriving(int index, float[] memory) {
    if (pools[index] == null) {
      stages[index].backward(batch, rowSignals, memory);
      return memory;
    }
    stages[index].backward(batch, rowSignals, inputSignals);
    return pools[index].backward(batch, inputSignals);
  }

  private void require(float[] inputs, int inputOffset, int batch) {
    if (batch <= 0 || batch > capacity) {
      throw new IllegalArgumentException(
          architecture + ": expected a batch of 1…" + capacity + ", found " + batch);
    }
    int numbers = batch * architecture.input().size();
    if (inputOffset < 0 || inputs.length - inputOffset < numbers) {
      throw new IllegalArgumentException(
          architecture
              + ": expected "
              + numbers
              + " input numbers, found "
              + (inputs.length - inputOffset));
    }
  }
}
