package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to end and never beyond it. */
final class PickleInput {
  private static final String FIX = "fetch the file again";

  private final Place place;
  private final ByteBuffer bytes;

  PickleInput(Place place, byte[] bytes) {
    this.place = place;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Offset of the next byte. */
  int position() {
    return bytes.position();
  }

  /** Count of bytes that are left. */
  int remaining() {
    return bytes.remaining();
  }

  /** The error of what stands at an offset. */
  DataException fault(int offset, String expected, String found, String fix) {
    return place.atByte(offset).fault(expected, found, fix);
  }

  /** A byte, from 0 to 255. */
  int unsigned() {
    return require(1).get() & 0xff;
  }

  /** Two bytes, from 0 to 65,535. */
  int unsignedShort() {
    return require(Short.BYTES).getShort() & 0xffff;
  }

  int integer() {
    return require(Integer.BYTES).getInt();
  }

  long integer64() {
    return require(Long.BYTES).getLong();
  }

  /** A double, whose most significant byte comes first. */
  double real() {
    return Double.longBitsToDouble(Long.reverseBytes(integer64()));
  }

  /**
   * A whole number in two's complement.
   *
   * @param length its bytes, at most 8
   */
  long integer(int length) {
    byte[] number = bytes(length);
    long value = length > 0 && number[length - 1] < 0 ? -1 : 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (number[i] & 0xff);
    }
    return value;
  }

  /**
   * Text in UTF-8.
   *
   * @param length its bytes
   */
  String text(long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Text up to the end of the line, which is taken too. */
  String line() {
    int start = position();
    while (unsigned() != '\n') {
      // The end of the bytes ends the search.
    }
    return new String(bytes.array(), start, position() - start - 1, StandardCharsets.UTF_8);
  }

  /** As many bytes; a copy. */
  byte[] bytes(long length) {
    byte[] result = new byte[(int) checked(length)];
    bytes.get(result);
    return result;
  }

  private ByteBuffer require(int length) {
    checked(length);
    return bytes;
  }

  private long checked(long length) {
    if (length < 0 || length > bytes.remaining()) {
      String found = bytes.remaining() + " to the end";
      throw fault(position(), Long.toUnsignedString(length) + " bytes", found, FIX);
    }
    return length;
  }
}
