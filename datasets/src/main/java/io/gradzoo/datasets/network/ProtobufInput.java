package io.gradzoo.datasets.network;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of Google's protocol buffers, field by field. It copies nothing but texts, and a
 * message within it lies in its bytes, so that no message takes more than the file has.
 */
final class ProtobufInput {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_TEXT = 1 << 16;
  private static final String FIX = "fetch the file again, or export it again";

  private final Place place;
  private final ByteBuffer bytes;
  private final int start;
  private int wire;

  /**
   * @param start where the bytes lie in the file, for messages
   */
  private ProtobufInput(Place place, ByteBuffer bytes, int start) {
    this.place = place;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.start = start;
  }

  /** The message that a file is. */
  static ProtobufInput of(Place place, byte[] file) {
    return new ProtobufInput(place, ByteBuffer.wrap(file), 0);
  }

  /** The number of the next field; 0 at the end. */
  int next() {
    if (!bytes.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    wire = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > Integer.MAX_VALUE >> 2) {
      throw fault("a field", field + "");
    }
    return (int) field;
  }

  /** The field as a whole number. */
  long integer() {
    require(VARINT, "a whole number");
    return varint();
  }

  /** The field as a float32. */
  float real() {
    require(FIXED32, "a float32");
    return portion(Float.BYTES).getFloat();
  }

  /** The field as text. */
  String text() {
    ByteBuffer content = content();
    if (content.remaining() > LONGEST_TEXT) {
      throw fault("text of at most " + LONGEST_TEXT + " bytes", content.remaining() + "");
    }
    return StandardCharsets.UTF_8.decode(content).toString();
  }

  /** The field as bytes, least significant first where they are numbers. */
  ByteBuffer content() {
    require(BYTES, "bytes");
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw fault("at most " + bytes.remaining() + " bytes", Long.toUnsignedString(length));
    }
    return portion((int) length);
  }

  /** The field as a message. */
  ProtobufInput message() {
    ByteBuffer content = content();
    return new ProtobufInput(place, content, start + bytes.position() - content.remaining());
  }

  /** Whole numbers of a repeated field: one, or many in one field. */
  List<Long> integers() {
    List<Long> values = new ArrayList<>();
    if (wire == VARINT) {
      values.add(varint());
      return values;
    }
    ProtobufInput packed = message();
    while (packed.bytes.hasRemaining()) {
      values.add(packed.varint());
    }
    return values;
  }

  /** Passes over the field. */
  void skip() {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> portion(Long.BYTES);
      case BYTES -> content();
      case FIXED32 -> portion(Integer.BYTES);
      default -> throw fault("a type of fields from 0 to 5, no group", wire + "");
    }
  }

  /** Whether the field is bytes. */
  boolean isBytes() {
    return wire == BYTES;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = portion(1).get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw fault("a whole number of at most 64 bits", "a longer one");
  }

  private ByteBuffer portion(int length) {
    if (bytes.remaining() < length) {
      throw fault(length + " more bytes", bytes.remaining() + "");
    }
    ByteBuffer portion = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return portion;
  }

  private void require(int type, String expected) {
    if (wire != type) {
      throw fault(expected, "a field of type " + wire);
    }
  }

  private DataException fault(String expected, String found) {
    return place.atByte(start + (long) bytes.position()).fault(expected, found, FIX);
  }
}
