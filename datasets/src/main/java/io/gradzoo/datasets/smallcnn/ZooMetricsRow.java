package io.gradzoo.datasets.smallcnn;

import java.io.Serializable;

/**
 * What {@code metrics.csv} says of a network. Numbers that are not there are null.
 *
 * @param modeldir the training run
 * @param step the epoch after which it was saved
 * @param dataset the images
 * @param architecture {@code cnn} in the published zoo; layers in this program's words in zoos that
 *     it wrote
 * @param initializer in Keras' words
 * @param initializerScale standard deviation of the initialisers that have one
 * @param batchSize null in the published zoo
 * @param said nulls in the published zoo
 */
public record ZooMetricsRow(
    String modeldir,
    long step,
    String dataset,
    String architecture,
    String activation,
    String initializer,
    Double initializerScale,
    String optimizer,
    Double learningRate,
    Double l2,
    Double dropout,
    Double trainFraction,
    Long batchSize,
    long seed,
    Double trainLoss,
    Double trainAccuracy,
    Double testLoss,
    Double testAccuracy,
    Said said)
    implements Serializable {

  /**
   * What zoos that this program wrote say beside: null where they do not.
   *
   * @param psnr of a network that was fitted to an image, in decibels
   */
  public record Said(Double psnr, String imageId, Integer label, String split)
      implements Serializable {}
}
