package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.image.ImageSets;
import io.gradzoo.jobs.config.ZooConfig;

/** The images of a zoo, divided the same way by every job that asks. */
public final class ZooImages {
  private ZooImages() {}

  /** What the members are trained on, and what they are tested on. */
  public static ImageSet.Division divided(ZooConfig zoo, long seed) {
    return ImageSets.byName(zoo.images()).divide(seed, zoo.imageTrainShare());
  }
}
