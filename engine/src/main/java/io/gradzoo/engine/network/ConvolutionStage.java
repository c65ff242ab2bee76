package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * A convolution on {@link LaneMaps}: the samples of a sheet lie in the lanes of vectors, so that
 * each of its three products is one with full rows of numbers, and none needs patches.
 */
final class ConvolutionStage implements AffineStage {
  private static final int LANES = Kernels.LANES;

  private final Kernels kernels;
  private final AffineLayer layer;
  private final ConvolutionPlaces places;
  private final LaneMaps outputs;
  private final LaneMaps signals;

  private final float[] transposedWeight;
  private final float[] weightByTap;
  private final float[] zeros;
  private final LaneMemory.Block weightLanes;
  private final LaneMemory.Block weightSums;
  private final float[] biasLanes;
  private final float[] laneRows;
  private final float[] gradientSums;
  private LaneMaps inputs;
  private float[] parameters;
  private int weight;
  private int bias;
  private boolean weightIsByTap;

  /**
   * @param inputs of the form that the stage will read, with a border as wide as the padding
   * @param outputs where it writes
   */
  ConvolutionStage(
      Kernels kernels, LaneMemory memory, AffineLayer layer, LaneMaps inputs, LaneMaps outputs) {
    this.kernels = kernels;
    this.layer = layer;
    this.inputs = inputs;
    this.outputs = outputs;
    this.signals = outputs.another();
    this.places = new ConvolutionPlaces(layer, inputs, outputs);
    this.transposedWeight = new float[layer.weightCount()];
    this.weightByTap = new float[layer.weightCount()];
    this.zeros = new float[layer.in()];
    this.weightLanes = memory.block(layer.weightCount() * LANES);
    this.weightSums = memory.block(layer.weightCount() * LANES);
    this.biasLanes = new float[layer.out() * LANES];
    this.laneRows = new float[layer.weightCount() * LANES];
    this.gradientSums = new float[Math.max(layer.weightCount(), layer.out())];
  }

  @Override
  public AffineLayer layer() {
    return layer;
  }

  @Override
  public LaneMaps inputs() {
    return inputs;
  }

  @Override
  public LaneMaps outputs() {
    return outputs;
  }

  @Override
  public LaneMaps signals() {
    return signals;
  }

  @Override
  public void load(float[] parameters, int parameterOffset) {
    this.parameters = parameters;
    this.weight = parameterOffset + layer.weightOffset();
    this.bias = parameterOffset + layer.biasOffset();
    int out = layer.out();
    int fanIn = layer.fanIn();
    kernels.transpose(out, fanIn, parameters, weight, fanIn, transposedWeight, 0, out);
    weightIsByTap = false;
  }

  @Override
  public void forward(int batch, BatchBuffer inputs) {
    this.inputs = (LaneMaps) inputs;
    for (int sheet = 0; sheet < LaneMaps.sheets(batch); sheet++) {
      multiply(
          places.forward(),
          transposedWeight,
          this.inputs,
          parameters,
          bias,
          outputs,
          layer.out(),
          sheet);
    }
  }

  @Override
  public void backward(int batch, BatchBuffer inputSignals) {
    if (!weightIsByTap) {
      orderByTap();
      weightIsByTap = true;
    }
    LaneMaps target = (LaneMaps) inputSignals;
    for (int sheet = 0; sheet < LaneMaps.sheets(batch); sheet++) {
      for (ConvolutionPlaces.PlaceGroup group : places.backward()) {
        multiply(group, weightByTap, signals, zeros, 0, target, layer.in(), sheet);
      }
    }
  }

  @Override
  public void addGradient(int batch, float scale, float[] gradient) {
    Arrays.fill(biasLanes, 0f);
    for (int sheet = 0; sheet < LaneMaps.sheets(batch); sheet++) {
      if (sheet == 0) {
        weightGradients(sheet, weightSums);
      } else {
        weightGradients(sheet, weightLanes);
        int count = layer.weightCount() * LANES;
        kernels.add(
            weightLanes.numbers(), weightLanes.at(), weightSums.numbers(), weightSums.at(), count);
      }
      addBiasGradients(sheet);
    }
    addSumsOfLanes(
        layer.weightCount(),
        weightSums.numbers(),
        weightSums.at(),
        scale,
        gradient,
        layer.weightOffset());
    addSumsOfLanes(layer.out(), biasLanes, 0, scale, gradient, layer.biasOffset());
  }

  @Override
  public void sampleGradients(
      int batch,
      float[] weights,
      int weightAt,
      int weightStep,
      float[] biases,
      int biasAt,
      int biasStep) {
    for (int sheet = 0; sheet < LaneMaps.sheets(batch); sheet++) {
      int lanes = LaneMaps.lanes(batch, sheet);
      weightGradients(sheet, weightLanes);
      kernels.transpose(
          layer.weightCount(),
          lanes,
          weightLanes.numbers(),
          weightLanes.at(),
          LANES,
          weights,
          weightAt + sheet * LANES * weightStep,
          weightStep);
      Arrays.fill(biasLanes, 0f);
      addBiasGradients(sheet);
      int to = biasAt + sheet * LANES * biasStep;
      kernels.transpose(layer.out(), lanes, biasLanes, 0, LANES, biases, to, biasStep);
    }
  }

  /** weightByTap [out, taps, in] from the stored weight [out, in, taps]. */
  private void orderByTap() {
    int in = layer.in();
    int taps = layer.kernel() * layer.kernel();
    for (int o = 0; o < layer.out(); o++) {
      int at = o * layer.fanIn();
      kernels.transpose(in, taps, parameters, weight + at, taps, weightByTap, at, in);
    }
  }

  /** target [rows] = start + matrixᵀ · source, at all places of a group. */
  private void multiply(
      ConvolutionPlaces.PlaceGroup group,
      float[] matrix,
      LaneMaps source,
      float[] start,
      int startOffset,
      LaneMaps target,
      int rows,
      int sheet) {
    kernels.multiplyAtPlaces(
        rows,
        group.to().length * LANES,
        group.rows().length,
        matrix,
        0,
        group.matrixRows(),
        source.numbers(),
        source.sheet(sheet),
        group.from(),
        group.rows(),
        start,
        startOffset,
        target.numbers(),
        target.sheet(sheet),
        group.to());
  }

  /** target [out, fan-in, LANES], in stored order. */
  private void weightGradients(int sheet, LaneMemory.Block target) {
    ConvolutionPlaces.PlaceGroup outputPlaces = places.forward();
    kernels.outerProducts(
        layer.out(),
        layer.fanIn() * LANES,
        outputPlaces.to().length,
        signals.numbers(),
        signals.sheet(sheet),
        outputPlaces.to(),
        inputs.numbers(),
        inputs.sheet(sheet),
        outputPlaces.from(),
        places.columns(),
        target.numbers(),
        target.at());
  }

  /** biasLanes [out, LANES] += Σ over positions; the border holds zeros. */
  private void addBiasGradients(int sheet) {
    kernels.addColumnSums(
        signals.places(),
        signals.placeSize(),
        signals.numbers(),
        signals.sheet(sheet),
        biasLanes,
        0);
  }

  /** gradient += scale · Σ over lanes of x [count, LANES]. */
  private void addSumsOfLanes(
      int count, float[] x, int xo, float scale, float[] gradient, int offset) {
    kernels.transpose(count, LANES, x, xo, LANES, laneRows, 0, count);
    Arrays.fill(gradientSums, 0, count, 0f);
    kernels.addColumnSums(LANES, count, laneRows, 0, gradientSums, 0);
    kernels.addScaled(scale, gradientSums, 0, gradient, offset, count);
  }
}
