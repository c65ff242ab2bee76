package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far two networks are from each other when neurons that play the same part are laid upon each
 * other: the Euclidean distance of their parameters after permuting the hidden neurons of one and,
 * of ReLU networks, bringing the weights and bias into every hidden neuron of both to length 1; of
 * odd activations, after flipping signs.
 *
 * <p>Neurons are matched layer by layer from the inputs on by what leads into them, and then, while
 * that brings the networks nearer, by what leads into and out of them (weight matching, Ainsworth
 * et al. 2023). With one hidden layer the result is the least distance there is; with more it is a
 * bound of it from above, and 0 between a network and its own permuted, rescaled copy whose neurons
 * differ.
 */
public final class SymmetryDistance {
  private static final int MOST_SWEEPS = 100;

  private final LayeredArchitecture architecture;
  private final List<AffineLayer> hidden;
  private final float[] fixed;
  private float[] moving;

  private SymmetryDistance(LayeredArchitecture architecture, float[] fixed, float[] moving) {
    this.architecture = architecture;
    this.hidden = Symmetry.hiddenLayers(architecture);
    this.fixed = fixed;
    this.moving = moving;
  }

  /**
   * The distance.
   *
   * @param first flat parameters of a network
   * @param second those of another of the same architecture
   * @throws io.gradzoo.engine.fault.FaultException if one has another count of parameters
   */
  public static double between(LayeredArchitecture architecture, float[] first, float[] second) {
    for (float[] parameters : List.of(first, second)) {
      if (parameters.length != architecture.parameterCount()) {
        throw Fault.of("distance up to symmetry")
            .expected("%d parameters of %s", architecture.parameterCount(), architecture)
            .found(parameters.length)
            .exception();
      }
    }
    return new SymmetryDistance(
            architecture, normalized(architecture, first), normalized(architecture, second))
        .matched();
  }

  /** A ReLU network whose hidden neurons have what leads into them of length 1; others as is. */
  private static float[] normalized(LayeredArchitecture architecture, float[] parameters) {
    float[] result = parameters;
    if (architecture.activation() == Activation.RELU) {
      List<AffineLayer> hidden = Symmetry.hiddenLayers(architecture);
      for (AffineLayer layer : hidden) {
        float[][] factors = ones(hidden);
        for (int o = 0; o < layer.out(); o++) {
          double length = Math.sqrt(incoming(layer, result, o, result, o));
          factors[layer.index()][o] = length > 0 ? (float) (1 / length) : 1;
        }
        result = Rescaling.parameters(architecture, factors, result);
      }
    }
    return result;
  }

  private static float[][] ones(List<AffineLayer> hidden) {
    float[][] ones = new float[hidden.size()][];
    for (AffineLayer layer : hidden) {
      ones[layer.index()] = new float[layer.out()];
      Arrays.fill(ones[layer.index()], 1);
    }
    return ones;
  }

  private double matched() {
    for (AffineLayer layer : hidden) {
      match(layer, Reach.INCOMING);
    }
    double distance = distance();
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      float[] before = moving;
      for (AffineLayer layer : hidden) {
        match(layer, Reach.BOTH);
      }
      double nearer = distance();
      if (!(nearer < distance)) {
        moving = before;
        break;
      }
      distance = nearer;
    }
    return distance;
  }

  /** What neurons are compared by. */
  private enum Reach {
    INCOMING,
    BOTH
  }

  /** Permutes the neurons of a layer, and flips their signs, to where they fit best. */
  private void match(AffineLayer layer, Reach reach) {
    int width = layer.out();
    double[][] costs = new double[width][width];
    float[][] signs = new float[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        double product = incoming(layer, fixed, i, moving, j);
        if (reach == Reach.BOTH) {
          product += outgoing(layer, fixed, i, moving, j);
        }
        boolean flipped = architecture.activation() != Activation.RELU && product < 0;
        signs[i][j] = flipped ? -1 : 1;
        costs[i][j] = flipped ? product : -product;
      }
    }
    int[] order = HungarianMethod.cheapest(costs);
    float[][] factors = ones(hidden);
    int[][] orders = new int[hidden.size()][];
    for (AffineLayer other : hidden) {
      orders[other.index()] = IntStream.range(0, other.out()).toArray();
    }
    orders[layer.index()] = order;
    for (int i = 0; i < width; i++) {
      factors[layer.index()][i] = signs[i][order[i]];
    }
    moving =
        Rescaling.parameters(
            architecture, factors, new NeuronPermutation(orders).apply(architecture, moving));
  }

  /** ⟨what leads into neuron i of x, what leads into neuron j of y⟩, biases included. */
  private static double incoming(AffineLayer layer, float[] x, int i, float[] y, int j) {
    double sum = (double) x[layer.biasOffset() + i] * y[layer.biasOffset() + j];
    int ofX = layer.weightOffset() + i * layer.fanIn();
    int ofY = layer.weightOffset() + j * layer.fanIn();
    for (int k = 0; k < layer.fanIn(); k++) {
      sum += (double) x[ofX + k] * y[ofY + k];
    }
    return sum;
  }

  /** ⟨what leads out of neuron i of x, what leads out of neuron j of y⟩. */
  private double outgoing(AffineLayer layer, float[] x, int i, float[] y, int j) {
    AffineLayer next = architecture.affineLayers().get(layer.index() + 1);
    int places = next.fanIn() / layer.out();
    double sum = 0;
    for (int o = 0; o < next.out(); o++) {
      int row = next.weightOffset() + o * next.fanIn();
      for (int k = 0; k < places; k++) {
        sum += (double) x[row + i * places + k] * y[row + j * places + k];
      }
    }
    return sum;
  }

  private double distance() {
    double sum = 0;
    for (int i = 0; i < fixed.length; i++) {
      double difference = (double) fixed[i] - moving[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
