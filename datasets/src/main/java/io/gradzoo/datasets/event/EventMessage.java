package io.gradzoo.datasets.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * TensorFlow's message {@code Event} as bytes of Google's protocol buffers. Fields are written in
 * the order of their numbers.
 */
final class EventMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final String WRITER = "gradzoo";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private EventMessage() {}

  private static EventMessage event(double seconds, long step) {
    EventMessage event = new EventMessage().fixed64(1, Double.doubleToRawLongBits(seconds));
    return step == 0 ? event : event.varint(2, step);
  }

  /** The first of a file: its version, and that this program wrote it. */
  static byte[] version(double seconds) {
    EventMessage source = new EventMessage().text(1, WRITER);
    return event(seconds, 0).text(3, "brain.Event:2").message(10, source).bytes();
  }

  /** Numbers of one step, as scalars. */
  static byte[] scalars(double seconds, long step, Map<String, Double> values) {
    EventMessage summary = new EventMessage();
    values.forEach(
        (tag, value) ->
            summary.message(1, new EventMessage().text(1, tag).fixed32(2, value.floatValue())));
    return event(seconds, step).message(5, summary).bytes();
  }

  /** Markdown: a tensor of one text, which the plug-in of texts shows. */
  static byte[] text(double seconds, String tag, String markdown) {
    EventMessage shape = new EventMessage().message(2, new EventMessage().varint(1, 1));
    EventMessage tensor =
        new EventMessage().varint(1, 7 /* DT_STRING */).message(2, shape).text(8, markdown);
    EventMessage plugin = new EventMessage().text(1, "text");
    EventMessage value =
        new EventMessage()
            .text(1, tag)
            .message(8, tensor)
            .message(9, new EventMessage().message(1, plugin));
    return event(seconds, 0).message(5, new EventMessage().message(1, value)).bytes();
  }

  /** Whether a record is such a first one, whenever it was written. */
  static boolean isVersion(byte[] record) {
    byte[] own = version(0);
    int time = 1 + Double.BYTES;
    return record.length == own.length
        && Arrays.equals(record, time, record.length, own, time, own.length);
  }

  /** The step of a record of this program's; 0 of one that has none. */
  static long step(byte[] record) {
    ByteBuffer in = ByteBuffer.wrap(record);
    if (record.length <= 1 + Double.BYTES + 1 || in.get(1 + Double.BYTES) != ((2 << 3) | VARINT)) {
      return 0;
    }
    in.position(1 + Double.BYTES + 1);
    long step = 0;
    for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      step |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
    }
    return step;
  }

  private EventMessage message(int field, EventMessage message) {
    return bytes(field, message.bytes());
  }

  private EventMessage text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private EventMessage bytes(int field, byte[] content) {
    varint((field << 3) | BYTES);
    varint(content.length);
    out.writeBytes(content);
    return this;
  }

  private EventMessage varint(int field, long value) {
    varint((field << 3) | VARINT);
    varint(value);
    return this;
  }

  private EventMessage fixed64(int field, long bits) {
    varint((field << 3) | FIXED64);
    out.writeBytes(numbers(Long.BYTES).putLong(bits).array());
    return this;
  }

  private EventMessage fixed32(int field, float value) {
    varint((field << 3) | FIXED32);
    out.writeBytes(numbers(Float.BYTES).putFloat(value).array());
    return this;
  }

  private static ByteBuffer numbers(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private byte[] bytes() {
    return out.toByteArray();
  }
}
