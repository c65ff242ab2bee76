package io.gradzoo.datasets.image;

import io.gradzoo.engine.network.Shape;

/**
 * What all images of a set have in common.
 *
 * @param shape of an image
 * @param classes count of classes
 */
public record ImageForm(Shape shape, int classes) {
  /** The form of images that are read with these colours. */
  public ImageForm with(Colours colours) {
    return new ImageForm(colours.convert(shape), classes);
  }
}
