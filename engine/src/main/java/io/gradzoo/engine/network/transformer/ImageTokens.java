package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Shape;

/**
 * How transformers read images: an image is cut into equal squares of pixels, one for each
 * position, row by row. The grey level of a square is the mean over its pixels and channels; [−1,
 * 1] is cut into as many equal levels as the vocabulary has ids, and a square's id is its level,
 * the darkest being 0.
 */
public final class ImageTokens {
  private final Shape image;
  private final int positions;
  private final int vocabulary;
  private final int side;

  /**
   * For images of one shape.
   *
   * @throws IllegalArgumentException if no equal squares come out even, or the vocabulary has a
   *     single id
   */
  public ImageTokens(Shape image, TransformerArchitecture architecture) {
    requireFit(image, architecture);
    this.image = image;
    this.positions = architecture.positions();
    this.vocabulary = architecture.vocabulary();
    this.side = side(image, positions);
  }

  /** Refuses what the constructor does. */
  static void requireFit(Shape image, TransformerArchitecture architecture) {
    side(image, architecture.positions());
    if (architecture.vocabulary() < 2) {
      throw Fault.here()
          .expected("a vocabulary of at least v2 for grey levels")
          .found("v" + architecture.vocabulary())
          .exception();
    }
  }

  /**
   * The sequences of some images, one after the other.
   *
   * @param images [count, image size], channel-major, within [−1, 1]
   */
  public Sequences sequences(float[] images, int count) {
    int[] tokens = new int[count * positions];
    int[] starts = new int[count + 1];
    for (int n = 0; n < count; n++) {
      write(images, n * image.size(), tokens, n * positions);
      starts[n + 1] = (n + 1) * positions;
    }
    return new Sequences(tokens, starts);
  }

  /**
   * Writes the tokens of one image.
   *
   * @param images the image's numbers from {@code offset}
   * @param tokens ids, [positions] from {@code at}
   */
  void write(float[] images, int offset, int[] tokens, int at) {
    int across = image.width() / side;
    for (int t = 0; t < positions; t++) {
      double level = (grey(images, offset, t / across, t % across) + 1) / 2 * vocabulary;
      tokens[at + t] = Math.max(0, Math.min(vocabulary - 1, (int) level));
    }
  }

  /** Mean of the square in a row and column of squares. */
  private double grey(float[] images, int offset, int row, int column) {
    double sum = 0;
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int y = row * side; y < (row + 1) * side; y++) {
        int line = offset + (channel * image.height() + y) * image.width();
        for (int x = column * side; x < (column + 1) * side; x++) {
          sum += images[line + x];
        }
      }
    }
    return sum / (image.channels() * side * side);
  }

  private static int side(Shape image, int positions) {
    StringBuilder fitting = new StringBuilder();
    for (int side = Math.min(image.height(), image.width()); side > 0; side--) {
      if (image.height() % side == 0 && image.width() % side == 0) {
        int squares = image.height() / side * (image.width() / side);
        if (squares == positions) {
          return side;
        }
        fitting.append(fitting.isEmpty() ? "t" : ", t").append(squares);
      }
    }
    throw Fault.here()
        .expected("positions that cut images of " + image + " into equal squares (" + fitting + ")")
        .found("t" + positions)
        .exception();
  }
}
