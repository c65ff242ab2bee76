package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.image.ImageSets;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ZooConfig;

/** The images of a zoo, divided the same way by every job that asks. */
public final class ZooImages {
  private ZooImages() {}

  /**
   * What the members are trained on, and what they are tested on.
   *
   * @throws GradzooException exit code 2 if the zoo has no images
   */
  public static ImageSet.Division divided(ZooConfig zoo, long seed) {
    require(zoo);
    return ImageSets.byName(zoo.images()).divide(seed, zoo.imageTrainShare());
  }

  /**
   * Refuses a zoo without images.
   *
   * @throws GradzooException exit code 2
   */
  static void require(ZooConfig zoo) {
    if (!zoo.hasImages()) {
      throw GradzooException.usage(
          Fault.of("zoo.images")
              .expected(
                  "one of %s to make %s from", String.join(", ", ImageSets.names()), zoo.name())
              .found("\"%s\"", zoo.images())
              .fix(
                  zoo.source() == ZooConfig.Source.RANDOM
                      ? "set gradients.probe = points"
                      : "bring the zoo from where its members were trained"));
    }
  }
}
