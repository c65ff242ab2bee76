package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import io.gradzoo.engine.network.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The 1,797 handwritten digits of the UCI machine learning repository, 8×8 in 17 shades, scaled to
 * [-1, 1]; 10 classes. They are part of this module (CC BY 4.0; attribution beside the resource).
 */
public final class DigitImages {
  private static final String RESOURCE = "digits.csv.gz";
  static final Shape SHAPE = new Shape(1, 8, 8);
  static final int CLASSES = 10;
  private static final int BRIGHTEST = 16;

  private DigitImages() {}

  /** Reads the set; every call gives new arrays. */
  public static ImageSet load() {
    Place place = Place.of("digits", RESOURCE);
    try (InputStream packed = DigitImages.class.getResourceAsStream(RESOURCE);
        InputStream in = new GZIPInputStream(packed)) {
      return new LabelledPixels(SHAPE, CLASSES, BRIGHTEST).read(place, in);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }
}
