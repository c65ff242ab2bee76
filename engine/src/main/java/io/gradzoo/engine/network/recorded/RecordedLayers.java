package io.gradzoo.engine.network.recorded;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Layer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of dense and convolution layers on a tape, without dropout. Its models are the networks:
 * each has parameters of its own and the same number of samples. Numbers of a sample are
 * channel-major, as everywhere.
 */
public final class RecordedLayers {
  private final Tape tape;
  private final LayeredArchitecture architecture;
  private final int samples;
  private final Tensor parameters;
  private final List<RecordedLayer> layers = new ArrayList<>();
  private Tensor current;
  private Shape shape;

  /**
   * Records them.
   *
   * @param samples of each network
   * @param parameters flat, [parameter count, 1]
   * @param inputs [samples, input size]
   */
  public RecordedLayers(
      Tape tape, LayeredArchitecture architecture, int samples, Tensor parameters, Tensor inputs) {
    this.tape = tape;
    this.architecture = architecture;
    this.samples = samples;
    this.parameters = parameters;
    this.current = inputs;
    this.shape = architecture.input();
    for (Layer layer : architecture.layers()) {
      if (layer instanceof Layer.GlobalAveragePool) {
        pool();
      } else {
        affine(architecture.affineLayers().get(layers.size()));
      }
    }
  }

  /** The affine layers, in order. */
  public List<RecordedLayer> layers() {
    return List.copyOf(layers);
  }

  /** [samples, outputs]. */
  public Tensor outputs() {
    return current;
  }

  /** Means over the positions of each channel. */
  private void pool() {
    int maps = samples * shape.channels();
    Tensor numbers = current.reshape(maps * shape.positions(), 1);
    current = tape.gridMean(numbers, maps, GridAxis.SECOND);
    shape = Shape.flat(shape.channels());
  }

  private void affine(AffineLayer layer) {
    RecordedLayer recorded = layer.convolution() ? convolution(layer) : dense(layer);
    layers.add(recorded);
    boolean last = layers.size() == architecture.affineLayers().size();
    current = last ? recorded.outputs() : activation(recorded.outputs());
    shape = layer.output();
  }

  private RecordedLayer dense(AffineLayer layer) {
    Tensor a = current.reshape(samples, layer.in());
    Tensor w = weights(layer);
    Tensor b = biases(layer).reshape(1, layer.out());
    return new RecordedLayer(layer, a, w, b, tape.addToRows(tape.rowProducts(1, a, w), b));
  }

  private RecordedLayer convolution(AffineLayer layer) {
    Layer.Conv2d of = (Layer.Conv2d) layer.layer();
    Window window =
        new Window(
            shape.channels(),
            shape.height(),
            shape.width(),
            of.kernel(),
            of.stride(),
            of.padding());
    Tensor maps = current.reshape(samples * shape.channels(), shape.positions());
    Tensor w = tape.copies(weights(layer), samples);
    Tensor b = tape.copies(biases(layer), samples);
    Tensor products = tape.rowProducts(samples, w, tape.patches(maps, window));
    int positions = layer.output().positions();
    Tensor numbers = products.reshape(products.rows() * positions, 1);
    Tensor u = tape.gridAdd(numbers, b, GridAxis.FIRST).reshape(products.rows(), positions);
    return new RecordedLayer(layer, maps, w, b, u);
  }

  /** [out, fan-in]. */
  private Tensor weights(AffineLayer layer) {
    Tensor numbers = tape.rows(parameters, layer.weightOffset(), layer.weightCount());
    return numbers.reshape(layer.out(), layer.fanIn());
  }

  /** [out, 1]. */
  private Tensor biases(AffineLayer layer) {
    return tape.rows(parameters, layer.biasOffset(), layer.out());
  }

  private Tensor activation(Tensor u) {
    return switch (architecture.activation()) {
      case RELU -> tape.relu(u);
      case TANH -> tape.tanh(u);
      case SINE -> tape.sine(architecture.frequency(), u);
    };
  }
}
