package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.jobs.config.ZooConfig;
import java.io.Serializable;

/**
 * The images that the members of a zoo are tested on.
 *
 * @param zoo which they are
 * @param seed that divides the set
 */
record ZooTestImages(ZooConfig zoo, long seed) implements Serializable {

  /** Reads them, unless this process has. */
  Samples samples() {
    ImageSet test = ZooImages.divided(zoo, seed).test();
    return new Samples(test.shape(), test.classes(), test.pixels(), test.labels());
  }
}
