package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import java.util.ArrayList;
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
  private final LayeredArchitecture architecture;
  private final int capacity;
  private final Kernels kernels;
  private final LaneMemory memory = new LaneMemory();
  private final AffineStage[] stages;
  private final HiddenStage[] hidden;
  private final LayerTransition[][] transitions;
  private final BatchBuffer input;
  private final BatchBuffer inputSignals;

  private DropoutMasks masks;
  private int batch;

  /**
   * @param capacity largest batch, positive
   */
  public BatchedNetwork(LayeredArchitecture architecture, int capacity) {
    this(architecture, capacity, CpuKernels.best());
  }

  /**
   * @param capacity largest batch, positive
   */
  public BatchedNetwork(LayeredArchitecture architecture, int capacity, Kernels kernels) {
    if (capacity <= 0) {
      throw Fault.of("batch capacity").expected("a positive number").found(capacity).exception();
    }
    this.architecture = architecture;
    this.capacity = capacity;
    this.kernels = kernels;
    List<AffineLayer> layers = architecture.affineLayers();
    this.stages = new AffineStage[layers.size()];
    this.hidden = new HiddenStage[layers.size() - 1];
    this.transitions = new LayerTransition[layers.size()][];
    Nonlinearity nonlinearity =
        new Nonlinearity(kernels, architecture.activation(), architecture.frequency());
    Shape before = architecture.input();
    this.input = pooled(before, layers.get(0)) ? maps(before, 0) : form(layers.get(0));
    this.inputSignals = input.another();
    BatchBuffer current = input;
    for (AffineLayer layer : layers) {
      LayerTransition[] way = transitions(before, current, layer);
      transitions[layer.index()] = way;
      BatchBuffer arriving = way.length == 0 ? current : way[way.length - 1].outputs();
      AffineStage stage = stage(layer, arriving);
      stages[layer.index()] = stage;
      if (layer.index() < hidden.length) {
        hidden[layer.index()] = new HiddenStage(kernels, nonlinearity, stage);
      }
      current = stage.outputs();
      before = layer.output();
    }
  }

  /** Whether a layer that comes after maps of this shape reads their means. */
  private static boolean pooled(Shape before, AffineLayer layer) {
    return before.positions() > 1 && layer.input().positions() == 1;
  }

  /** The form in which a layer reads its input. */
  private BatchBuffer form(AffineLayer layer) {
    return layer.layer() instanceof Layer.Conv2d convolution
        ? maps(layer.input(), convolution.padding())
        : new RowBuffer(layer.in(), capacity);
  }

  private LaneMaps maps(Shape shape, int border) {
    return new LaneMaps(kernels, memory, shape, border, capacity);
  }

  /** What leads from the numbers before a layer to those that it reads. */
  private LayerTransition[] transitions(Shape before, BatchBuffer current, AffineLayer layer) {
    List<LayerTransition> way = new ArrayList<>();
    BatchBuffer reached = current;
    if (pooled(before, layer)) {
      way.add(new GlobalPool(kernels, before, capacity));
      reached = way.get(0).outputs();
    }
    if (reached instanceof RowBuffer == layer.convolution()) {
      way.add(new LayoutConversion(form(layer)));
    }
    return way.toArray(LayerTransition[]::new);
  }

  private AffineStage stage(AffineLayer layer, BatchBuffer arriving) {
    if (!layer.convolution()) {
      return new DenseStage(kernels, layer, capacity);
    }
    LaneMaps outputs = maps(layer.output(), borderBehind(layer));
    return new ConvolutionStage(kernels, memory, layer, (LaneMaps) arriving, outputs);
  }

  /** The padding of the convolution that reads a layer's maps, if one does. */
  private int borderBehind(AffineLayer layer) {
    AffineLayer next = architecture.affineLayers().get(layer.index() + 1);
    boolean read = !pooled(layer.output(), next);
    return read && next.layer() instanceof Layer.Conv2d convolution ? convolution.padding() : 0;
  }

  public LayeredArchitecture architecture() {
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
      throw Fault.of(architecture)
          .expected(architecture.parameterCount() + " parameters")
          .found(parameters.length - parameterOffset)
          .exception();
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
    DenseStage output = (DenseStage) stages[stages.length - 1];
    output.signals().fromRows(batch, outputSignals, 0);
    for (int i = stages.length - 1; i > 0; i--) {
      arrive(i, stages[i - 1].signals());
      if (masks == null) {
        hidden[i - 1].backward(batch);
      } else {
        hidden[i - 1].backwardThroughMask(batch);
      }
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
   * ∂ loss_n / ∂W and ∂ loss_n / ∂b of every sample and one affine layer, positions summed: [out,
   * fan-in] at {@code weightAt + n · weightStep}, [out] at {@code biasAt + n · biasStep}.
   *
   * @param weights written
   * @param biases written
   */
  public void sampleGradients(
      int layer,
      float[] weights,
      int weightAt,
      int weightStep,
      float[] biases,
      int biasAt,
      int biasStep) {
    stages[layer].sampleGradients(batch, weights, weightAt, weightStep, biases, biasAt, biasStep);
  }

  /** Writes a, the input of an affine layer: [batch, input size], channel-major. */
  public void copyInputs(int layer, float[] target, int targetOffset) {
    stages[layer].inputs().toRows(batch, target, targetOffset);
  }

  /** Writes g, the signals of an affine layer: [batch, channels, positions]; dense [batch, out]. */
  public void copySignals(int layer, float[] target, int targetOffset) {
    stages[layer].signals().toRows(batch, target, targetOffset);
  }

  /** Writes g, the signals of a convolution, by position: [batch, positions, channels]. */
  public void copyPositionSignals(int layer, float[] target, int targetOffset) {
    ConvolutionStage stage = (ConvolutionStage) stages[layer];
    stage.signals().toPositions(batch, target, targetOffset);
  }

  /** Writes ∂ loss_n / ∂x: [batch, input size], channel-major. */
  public void inputGradient(float[] target, int targetOffset) {
    arrive(0, inputSignals);
    inputSignals.toRows(batch, target, targetOffset);
  }

  private float[] run(float[] inputs, int inputOffset, int batch) {
    require(inputs, inputOffset, batch);
    this.batch = batch;
    input.fromRows(batch, inputs, inputOffset);
    BatchBuffer current = input;
    for (AffineStage stage : stages) {
      int index = stage.layer().index();
      for (LayerTransition transition : transitions[index]) {
        transition.forward(batch, current);
        current = transition.outputs();
      }
      stage.forward(batch, current);
      if (index < hidden.length) {
        current =
            masks == null ? hidden[index].forward(batch) : hidden[index].forward(batch, masks);
      }
    }
    return stages[stages.length - 1].outputs().numbers();
  }

  /** Signals of what came towards an affine layer, before the transitions in front of it. */
  private void arrive(int index, BatchBuffer target) {
    LayerTransition[] way = transitions[index];
    int last = way.length - 1;
    stages[index].backward(batch, last < 0 ? target : way[last].signals());
    for (int i = last; i >= 0; i--) {
      way[i].backward(batch, i == 0 ? target : way[i - 1].signals());
    }
  }

  private void require(float[] inputs, int inputOffset, int batch) {
    if (batch <= 0 || batch > capacity) {
      throw Fault.of(architecture).expected("a batch of 1…" + capacity).found(batch).exception();
    }
    int numbers = batch * architecture.input().size();
    if (inputOffset < 0 || inputs.length - inputOffset < numbers) {
      throw Fault.of(architecture)
          .expected(numbers + " input numbers")
          .found(inputs.length - inputOffset)
          .exception();
    }
  }
}
