package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.engine.network.WeightMatrix;
import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Transformers under training on images, one image at a time, read as {@link ImageTokens} says.
 *
 * <p>Fresh parameters: weights of affine maps from the recipe's initialiser, biases zero; gains of
 * LayerNorms one, offsets zero; embeddings from the unit normal distribution, so that what a
 * LayerNorm reads has about the size of what it gives. The penalty is on the weights of affine maps
 * alone, and dropout does not apply.
 */
public final class TrainableTransformer implements TrainableNetwork {
  private final TransformerArchitecture architecture;
  private final TransformerLayout layout;
  private final List<LinearMap> maps = new ArrayList<>();
  private final TransformerNetwork network;
  private final Shape image;
  private final ImageTokens reading;
  private final Sequences sequence;
  private final int[] label = new int[1];
  private final Targets target = new Targets.Labels(label);
  private final float[] loss = new float[1];
  private final float[] signals;

  /**
   * A workspace for transformers that read images of one shape.
   *
   * @throws IllegalArgumentException if they give a prediction for each token, or the images cannot
   *     be cut into tokens
   */
  public TrainableTransformer(TransformerArchitecture architecture, Shape image) {
    requireTrainable(architecture, image);
    this.architecture = architecture;
    this.layout = architecture.layout();
    for (TransformerLayer layer : layout.layers()) {
      if (layer instanceof LinearMap map) {
        maps.add(map);
      }
    }
    this.network = new TransformerNetwork(architecture);
    this.image = image;
    this.reading = new ImageTokens(image, architecture);
    this.sequence = Sequences.of(new int[architecture.positions()]);
    this.signals = new float[architecture.outputs()];
  }

  /**
   * Refuses transformers that cannot learn to classify images of a shape.
   *
   * @throws IllegalArgumentException if they give a prediction for each token, or the images cannot
   *     be cut into tokens
   */
  public static void requireTrainable(TransformerArchitecture architecture, Shape image) {
    if (architecture.readout() != TransformerArchitecture.SequenceReadout.MEAN) {
      throw Fault.here()
          .expected("the readout mean%d of a classifier", architecture.outputs())
          .found("token%d", architecture.outputs())
          .exception();
    }
    ImageTokens.requireFit(image, architecture);
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public void requireFit(String what, Samples samples) {
    if (!samples.shape().equals(image)) {
      throw Fault.of("training " + architecture)
          .at(what)
          .expected("images of " + image)
          .found(samples.shape())
          .exception();
    }
  }

  @Override
  public float[] begin(Recipe recipe, SplittableRandom random) {
    float[] parameters = new float[layout.parameterCount()];
    for (TransformerLayer layer : layout.layers()) {
      SplittableRandom own = random.split();
      if (layer instanceof LinearMap map) {
        int in = map.in().width();
        int out = map.out().width();
        WeightMatrix matrix = new WeightMatrix(out, in, out, map.offset());
        recipe.initializer().fill(matrix, recipe.initializerScale(), own, parameters);
      } else if (layer instanceof Normalization norm) {
        Arrays.fill(parameters, norm.offset(), norm.shiftOffset(), 1f);
      } else if (layer instanceof Embedding table) {
        for (int i = table.offset(); i < table.offset() + table.size(); i++) {
          parameters[i] = (float) own.nextGaussian();
        }
      }
    }
    return parameters;
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
    network.load(parameters, 0);
    double sum = 0;
    for (int i = first; i < first + batch; i++) {
      evaluate(forward(samples, order[i]));
      sum += loss[0];
      network.backward(signals);
      network.addGradient(1f / batch, gradient);
    }
    return sum;
  }

  @Override
  public void addPenalty(float slope, float[] parameters, float[] gradient) {
    for (LinearMap map : maps) {
      for (int i = map.offset(); i < map.biasOffset(); i++) {
        gradient[i] += slope * parameters[i];
      }
    }
  }

  @Override
  public LossAndAccuracy evaluate(float[] parameters, Samples samples, int[] rows) {
    network.load(parameters, 0);
    double sum = 0;
    int correct = 0;
    for (int row : rows) {
      float[] outputs = forward(samples, row);
      correct += Loss.countCorrect(1, architecture.outputs(), outputs, label, 0);
      evaluate(outputs);
      sum += loss[0];
    }
    return new LossAndAccuracy(sum / rows.length, (double) correct / rows.length);
  }

  private float[] forward(Samples samples, int row) {
    reading.write(samples.inputs(), row * image.size(), sequence.tokens(), 0);
    label[0] = samples.labels()[row];
    return network.forward(sequence, 0);
  }

  private void evaluate(float[] outputs) {
    Loss.SOFTMAX_CROSS_ENTROPY.evaluate(
        target, 0, 1, architecture.outputs(), outputs, loss, signals);
  }
}
