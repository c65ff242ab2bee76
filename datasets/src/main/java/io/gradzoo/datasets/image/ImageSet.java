package io.gradzoo.datasets.image;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Labelled images of one shape.
 *
 * @param shape shape of an image
 * @param classes count of classes
 * @param pixels [images, shape.size()], channel-major, from -1 to 1; owned by the record, so not to
 *     be changed
 * @param labels [images], from 0 to classes - 1; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared on trust, never compared
public record ImageSet(Shape shape, int classes, float[] pixels, int[] labels) {
  public ImageSet {
    if (pixels.length != labels.length * shape.size()) {
      throw Fault.here()
          .expected(labels.length + " images of " + shape.size() + " pixels")
          .found(pixels.length + " pixels")
          .exception();
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw Fault.here().expected("labels from 0 to " + (classes - 1)).found(label).exception();
      }
    }
  }

  /** The same images as the engine takes them; shares the arrays. */
  public Samples samples() {
    return new Samples(shape, classes, pixels, labels);
  }

  /** Count of images. */
  public int size() {
    return labels.length;
  }

  /** The images with these indices, in this order. */
  public ImageSet select(int[] indices) {
    int width = shape.size();
    float[] chosen = new float[indices.length * width];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(pixels, indices[i] * width, chosen, i * width, width);
      chosenLabels[i] = labels[indices[i]];
    }
    return new ImageSet(shape, classes, chosen, chosenLabels);
  }

  /**
   * Divides the set in two such that each class is divided in the same proportion (to the nearest
   * image). Both parts keep the images' order. The same seed gives the same parts for ever.
   *
   * @param seed chooses the images of the training part
   * @param trainShare share of each class to train on, above 0 and below 1
   */
  public Division divide(long seed, double trainShare) {
    if (!(trainShare > 0 && trainShare < 1)) {
      throw Fault.here().expected("a share between 0 and 1").found(trainShare).exception();
    }
    boolean[] train = new boolean[size()];
    SplittableRandom random = new SplittableRandom(seed);
    for (int label = 0; label < classes; label++) {
      int[] members = indicesOf(label);
      shuffle(members, random);
      long count = Math.round(members.length * trainShare);
      for (int i = 0; i < count; i++) {
        train[members[i]] = true;
      }
    }
    int[] all = indices(size());
    int[] ofTest = Arrays.stream(all).filter(i -> !train[i]).toArray();
    return new Division(
        select(Arrays.stream(all).filter(i -> train[i]).toArray()), select(ofTest), ofTest);
  }

  /**
   * Two parts of a set that share no image.
   *
   * @param testIndices positions in the set of the images to test on, ascending; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // shared on trust, never compared
  public record Division(ImageSet train, ImageSet test, int[] testIndices) {}

  private int[] indicesOf(int label) {
    return Arrays.stream(indices(size())).filter(i -> labels[i] == label).toArray();
  }

  private static int[] indices(int count) {
    int[] indices = new int[count];
    Arrays.setAll(indices, i -> i);
    return indices;
  }

  /** Fisher and Yates; {@code nextInt(bound)} of SplittableRandom is specified, hence stable. */
  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[other];
      values[other] = kept;
    }
  }
}
