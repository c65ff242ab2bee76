package io.gradzoo.jobs.gradients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.PointMixture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.ProbeSamples;
import io.gradzoo.jobs.table.ProbeSetsTable.ProbeSetRow;
import io.gradzoo.jobs.table.ProbeSetsTable.TestImages;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Samples that gradient sets are taken on, as a row of {@code probe_sets} describes them.
 *
 * @param id content hash of inputs and labels, 16 hex digits
 * @param samples their number
 * @param inputs [samples, inputs], channel-major
 * @param labels [samples]; null for points
 * @param images which images they are; null for points
 * @param classes number of classes of the labels; 0 for points
 * @param dataset name of the image set, or {@link #POINTS}
 * @param preprocessing how the inputs came about, JSON
 * @param seed they were divided or drawn with
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record ProbeSet(
    String id,
    int samples,
    float[] inputs,
    int[] labels,
    TestImages images,
    int classes,
    String dataset,
    String preprocessing,
    long seed)
    implements ProbeSamples, Serializable {
  static final String POINTS = "points";
  private static final int ID_LENGTH = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The first {@code samples} images to test on.
   *
   * @param name of the image set
   * @param division of it
   * @param seed the set was divided with
   * @throws GradzooException exit code 2 if there are fewer
   */
  static ProbeSet images(String name, ImageSet.Division division, int samples, long seed) {
    ImageSet images = division.test();
    if (samples > images.size()) {
      throw GradzooException.usage(
          Fault.of("gradients.probe-samples")
              .expected("at most the %d test images", images.size())
              .found(samples));
    }
    ImageSet chosen = images.select(IntStream.range(0, samples).toArray());
    return new ProbeSet(
        id(chosen.pixels(), chosen.labels()),
        samples,
        chosen.pixels(),
        chosen.labels(),
        testImages(division.testIndices(), samples),
        images.classes(),
        name,
        "{\"range\":[-1,1],\"order\":\"channel-major\",\"shape\":[%d,%d,%d]}"
            .formatted(images.shape().channels(), images.shape().height(), images.shape().width()),
        seed);
  }

  private static TestImages testImages(int[] indices, int samples) {
    long[] all = Arrays.stream(indices).asLongStream().toArray();
    long[] positions = LongStream.range(0, samples).toArray();
    return new TestImages(positions, Arrays.copyOf(all, samples), all);
  }

  /** Points drawn from a mixture. */
  static ProbeSet points(PointMixture mixture, int samples, int dimensions, long seed) {
    float[] points = mixture.points(samples, dimensions, seed);
    String origin =
        "{\"distribution\":\"share p on [0,1], else on [-1,0]\",\"p\":%s,\"dimensions\":%d}"
            .formatted(mixture.share(), dimensions);
    return new ProbeSet(id(points, null), samples, points, null, null, 0, POINTS, origin, seed);
  }

  /**
   * Out of what is said of their preprocessing.
   *
   * @throws GradzooException exit code 3 if they are none, or were stored before shapes were
   */
  @Override
  public Shape imageShape() {
    int[] shape;
    try {
      shape = JSON.convertValue(JSON.readTree(preprocessing).get("shape"), int[].class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      shape = null;
    }
    if (shape == null || shape.length != 3) {
      throw GradzooException.data(
          Fault.of("read probe_sets")
              .at(id)
              .expected("a shape of images in preprocessing")
              .found(preprocessing)
              .fix("run gradzoo gradients compute"));
    }
    return new Shape(shape[0], shape[1], shape[2]);
  }

  /** The samples of a chunk, under this set's id. */
  ProbeSet part(int first, int count) {
    if (count == samples) {
      return this;
    }
    int width = inputs.length / samples;
    return new ProbeSet(
        id,
        count,
        Arrays.copyOfRange(inputs, first * width, (first + count) * width),
        labels == null ? null : Arrays.copyOfRange(labels, first, first + count),
        images,
        classes,
        dataset,
        preprocessing,
        seed);
  }

  /** The row of {@code probe_sets}. */
  ProbeSetRow row() {
    return new ProbeSetRow(id, dataset, images, inputs, labels, preprocessing, seed);
  }

  /**
   * The id of samples.
   *
   * @param inputs [samples, inputs]
   * @param labels [samples]; null for points
   */
  static String id(float[] inputs, int[] labels) {
    int count = labels == null ? 0 : labels.length;
    float[] numbers = Arrays.copyOf(inputs, inputs.length + count);
    for (int i = 0; i < count; i++) {
      numbers[inputs.length + i] = labels[i];
    }
    return ContentHash.of(numbers).substring(0, ID_LENGTH);
  }
}
