package io.gradzoo.datasets.image;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.engine.network.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reader of images as text: one image a line, its pixels as integers from 0 to the brightest, then
 * its label, separated by commas; no header, no spaces, no empty lines.
 */
record LabelledPixels(Shape shape, int classes, int brightest) {
  private static final String FIX = "restore the original file";
  private static final int END = -1;

  /**
   * Reads to the stream's end and scales pixels to [-1, 1].
   *
   * @throws DataException naming the line that is not as described
   */
  ImageSet read(Place place, InputStream in) throws IOException {
    return new PixelParser(place, new BufferedInputStream(in)).images();
  }

  /** One pass over the bytes. */
  private final class PixelParser {
    private final Place place;
    private final InputStream in;
    private float[] pixels = new float[1024 * shape.size()];
    private int[] labels = new int[1024];
    private int count;
    private int next;

    PixelParser(Place place, InputStream in) {
      this.place = place;
      this.in = in;
    }

    ImageSet images() throws IOException {
      next = in.read();
      while (next != END) {
        image();
      }
      int used = count * shape.size();
      return new ImageSet(
          shape, classes, Arrays.copyOf(pixels, used), Arrays.copyOf(labels, count));
    }

    private void image() throws IOException {
      if (count == labels.length) {
        labels = Arrays.copyOf(labels, 2 * count);
        pixels = Arrays.copyOf(pixels, 2 * pixels.length);
      }
      int start = count * shape.size();
      for (int i = 0; i < shape.size(); i++) {
        pixels[start + i] = 2f * number(brightest, "a pixel") / brightest - 1f;
        take(',');
      }
      labels[count] = number(classes - 1, "the label");
      if (next != END) {
        take('\n');
      }
      count++;
    }

    private int number(int highest, String what) throws IOException {
      int value = 0;
      int digits = 0;
      while (next >= '0' && next <= '9' && value <= highest) {
        value = 10 * value + next - '0';
        digits++;
        next = in.read();
      }
      String expected = what + " from 0 to " + highest;
      if (digits == 0) {
        throw fault(expected, found());
      }
      if (value > highest) {
        throw fault(expected, value + "");
      }
      return value;
    }

    private void take(char separator) throws IOException {
      if (next != separator) {
        throw fault(separator == '\n' ? "the end of the line" : "','", found());
      }
      next = in.read();
    }

    private String found() {
      return switch (next) {
        case END -> "the end of the file";
        case '\n' -> "the end of the line";
        default -> Place.quote(String.valueOf((char) next));
      };
    }

    private DataException fault(String expected, String found) {
      return place.atLine(count + 1L).fault(expected, found, FIX);
    }
  }
}
