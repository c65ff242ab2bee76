package io.gradzoo.jobs.gradients;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.jobs.GradzooException;
import java.io.Serializable;

/**
 * The samples that all gradient sets of a zoo are taken on: the first test images.
 *
 * @param id content hash of inputs and labels, 16 hex digits
 * @param inputs [samples, inputs], channel-major
 * @param labels [samples]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record ProbeSet(String id, float[] inputs, int[] labels) implements Serializable {
  private static final int ID_LENGTH = 16;

  /**
   * The first {@code samples} images of a set.
   *
   * @throws GradzooException exit code 2 if there are fewer
   */
  static ProbeSet of(ImageSet images, int samples) {
    if (samples > images.size()) {
      throw GradzooException.usage(
          "gradients.probe-samples: expected at most the %d test images, found %d"
              .formatted(images.size(), samples));
    }
    int[] first = new int[samples];
    for (int i = 0; i < samples; i++) {
      first[i] = i;
    }
    ImageSet chosen = images.select(first);
    float[] numbers = new float[chosen.pixels().length + samples];
    System.arraycopy(chosen.pixels(), 0, numbers, 0, chosen.pixels().length);
    for (int i = 0; i < samples; i++) {
      numbers[chosen.pixels().length + i] = chosen.labels()[i];
    }
    String id = ContentHash.of(numbers).substring(0, ID_LENGTH);
    return new ProbeSet(id, chosen.pixels(), chosen.labels());
  }

  int samples() {
    return labels.length;
  }
}
