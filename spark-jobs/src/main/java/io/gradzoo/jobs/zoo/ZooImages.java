package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.image.ImageSets;

/** The images of a zoo, divided the same way by every job that asks. */
public final class ZooImages {
  private static final double TRAIN_SHARE = 0.8;

  private ZooImages() {}

  /**
   * The training and test images of a zoo.
   *
   * @param name of the image set
   * @param seed of the zoo
   */
  public static ImageSet.Division divided(String name, long seed) {
    return ImageSets.byName(name).divide(seed, TRAIN_SHARE);
  }
}
