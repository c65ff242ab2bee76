package io.gradzoo.engine.pruning;

import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import java.util.Optional;

/**
 * What a network does with images, whose labels are not looked at, in a few numbers: how far apart
 * its outputs are (logarithm of their root mean square about their mean), how sure it is (mean
 * entropy of its answers, in nats), how many answers it uses (entropy of the mean answer, in nats),
 * and what a predictor says of it (logarithm of the odds), if there is one. They are numbers of the
 * function, so no symmetry changes them, and zeros among the weights are nothing special. Not
 * thread-safe.
 */
public final class NetworkBehaviour {
  private static final int MOST_IMAGES = 256;
  private static final double LEAST = 1e-12;

  private final BatchedNetwork network;
  private final float[] images;
  private final int count;
  private final Optional<PredictedAccuracy> predictor;

  /**
   * @param images of which the first {@value #MOST_IMAGES} are shown
   * @param predictor of accuracies
   */
  public NetworkBehaviour(
      LayeredArchitecture architecture, Samples images, Optional<PredictedAccuracy> predictor) {
    this.count = Math.min(MOST_IMAGES, images.size());
    this.images = images.inputs();
    this.network = new BatchedNetwork(architecture, count);
    this.predictor = predictor;
  }

  /**
   * The numbers of a network, three or four.
   *
   * @param parameters flat
   */
  public double[] of(float[] parameters) {
    int classes = network.architecture().outputs();
    float[] outputs = network.forward(parameters, 0, images, 0, count);
    double[] mean = new double[classes];
    double[] answers = new double[classes];
    double entropy = 0;
    for (int image = 0; image < count; image++) {
      double[] shares = shares(outputs, image * classes, classes);
      for (int k = 0; k < classes; k++) {
        mean[k] += outputs[image * classes + k] / (double) count;
        answers[k] += shares[k] / count;
      }
      entropy += entropy(shares) / count;
    }
    double spread = LEAST;
    for (int i = 0; i < count * classes; i++) {
      double away = outputs[i] - mean[i % classes];
      spread += away * away / count;
    }
    double[] numbers = new double[predictor.isPresent() ? 4 : 3];
    numbers[0] = StrictMath.log(spread) / 2;
    numbers[1] = entropy;
    numbers[2] = entropy(answers);
    predictor.ifPresent(each -> numbers[3] = odds(each.predict(parameters)));
    return numbers;
  }

  private static double odds(double share) {
    return StrictMath.log(Math.max(LEAST, share) / Math.max(LEAST, 1 - share));
  }

  /** The softmax of an image's outputs. */
  private static double[] shares(float[] outputs, int offset, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, outputs[offset + k]);
    }
    double[] shares = new double[classes];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      shares[k] = StrictMath.exp(outputs[offset + k] - largest);
      sum += shares[k];
    }
    for (int k = 0; k < classes; k++) {
      shares[k] /= sum;
    }
    return shares;
  }

  private static double entropy(double[] shares) {
    double entropy = 0;
    for (double share : shares) {
      entropy -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return entropy;
  }
}
