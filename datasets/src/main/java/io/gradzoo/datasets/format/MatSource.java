package io.gradzoo.datasets.format;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A stretch of a MATLAB file, packed or not, read from front to end and never beyond it. */
final class MatSource {
  private static final String FIX = "fetch the file again";

  private final Place place;
  private final InputStream in;
  private final long end;
  private long position;

  MatSource(Place place, InputStream in, long end) {
    this.place = place;
    this.in = in;
    this.end = end;
  }

  /** The next bytes as a stretch of their own; they are to be read before what follows. */
  MatSource part(long length) {
    require(length);
    MatSource part = new MatSource(place(position), in, length);
    position += length;
    return part;
  }

  /** The rest as a stream. */
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return remaining() == 0 ? -1 : bytes(1)[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (remaining() == 0) {
          return length == 0 ? 0 : -1;
        }
        int read = in.read(into, offset, (int) Math.min(length, remaining()));
        position += Math.max(read, 0);
        return read;
      }
    };
  }

  long position() {
    return position;
  }

  long remaining() {
    return end - position;
  }

  Place place(long offset) {
    return place.position().isEmpty() ? place.atByte(offset) : place;
  }

  /** The error of what stands at an offset. */
  DataException fault(long offset, String expected, String found, String fix) {
    return place(offset).fault(expected, found, fix);
  }

  int integer() throws IOException {
    return ByteBuffer.wrap(bytes(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /** The length of an element, without a sign. */
  long length() throws IOException {
    return Integer.toUnsignedLong(integer());
  }

  /** As many bytes. Memory grows with what is really there. */
  byte[] bytes(long length) throws IOException {
    require(length);
    byte[] bytes = in.readNBytes((int) length);
    position += bytes.length;
    if (bytes.length < length) {
      throw fault(position, length + " bytes", "the end after " + bytes.length, FIX);
    }
    return bytes;
  }

  void skipRest() throws IOException {
    long left = remaining();
    in.skipNBytes(left);
    position += left;
  }

  void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw fault(position, "the end of the packed array", "more data", FIX);
    }
  }

  private void require(long length) {
    if (length > remaining() || length > Integer.MAX_VALUE - 8) {
      throw fault(position, "at most " + remaining() + " bytes, to the end", length + "", FIX);
    }
  }
}
