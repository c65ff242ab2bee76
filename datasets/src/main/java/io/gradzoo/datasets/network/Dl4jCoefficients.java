package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * {@code coefficients.bin}: an array as ND4J writes it. Two buffers, each with the mode of its
 * memory, a count, a type, and that many numbers, most significant byte first: the array's shape,
 * then its numbers.
 */
final class Dl4jCoefficients {
  private static final int MOST_OF_SHAPE = 100;
  private static final String FIX = "write the model again with ModelSerializer.writeModel";

  private Dl4jCoefficients() {}

  /**
   * Reads the numbers.
   *
   * @param bytes count of the stream's, which bounds the memory that is used
   */
  static float[] read(Place place, InputStream stream, long bytes) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    long shape = header(place, in, "LONG");
    if (shape > MOST_OF_SHAPE) {
      throw place.fault("a shape of at most " + MOST_OF_SHAPE + " numbers", shape + "", FIX);
    }
    in.skipNBytes(shape * Long.BYTES);
    long count = header(place, in, "FLOAT");
    if (count > bytes / Float.BYTES) {
      throw place.fault("at most " + bytes / Float.BYTES + " numbers", count + "", FIX);
    }
    byte[] numbers = in.readNBytes((int) count * Float.BYTES);
    if (numbers.length < count * Float.BYTES) {
      throw place.fault(count + " numbers", numbers.length / Float.BYTES + "", FIX);
    }
    float[] values = new float[(int) count];
    ByteBuffer.wrap(numbers).asFloatBuffer().get(values);
    return values;
  }

  /** The count of a buffer's numbers, which must be of this type. */
  private static long header(Place place, DataInputStream in, String type) throws IOException {
    in.readUTF();
    long count = in.readLong();
    String found = in.readUTF();
    if (!found.equals(type) || count < 0) {
      throw place.fault(
          "a buffer of type " + type, Place.quote(found) + " of " + count, "save it in float32");
    }
    return count;
  }
}
