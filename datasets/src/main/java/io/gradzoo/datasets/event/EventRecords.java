package io.gradzoo.datasets.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The framing of TensorFlow's record files: of each record its length as eight bytes, a checksum of
 * these, its bytes, and a checksum of those; numbers have their least significant byte first.
 */
final class EventRecords {
  private static final int BEFORE = Long.BYTES + Integer.BYTES;
  private static final int AFTER = Integer.BYTES;
  private static final int MASK = 0xa282ead8;

  private EventRecords() {}

  /** One record as it stands in a file. */
  static byte[] framed(byte[] record) {
    ByteBuffer frame = ByteBuffer.allocate(BEFORE + record.length + AFTER);
    frame.order(ByteOrder.LITTLE_ENDIAN).putLong(record.length);
    frame.putInt(checksum(frame.array(), 0, Long.BYTES));
    frame.put(record).putInt(checksum(record, 0, record.length));
    return frame.array();
  }

  /**
   * The records that a file begins with, up to the first that is cut short or damaged.
   *
   * @param file its bytes
   */
  static List<byte[]> whole(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.remaining() >= BEFORE + AFTER) {
      int start = in.position();
      long length = in.getLong();
      boolean known = in.getInt() == checksum(file, start, Long.BYTES);
      if (!known || length < 0 || length > in.remaining() - AFTER) {
        break;
      }
      int end = in.position() + (int) length;
      if (in.getInt(end) != checksum(file, in.position(), (int) length)) {
        break;
      }
      records.add(Arrays.copyOfRange(file, in.position(), end));
      in.position(end + AFTER);
    }
    return records;
  }

  /** Bytes that a record takes in a file. */
  static long size(byte[] record) {
    return BEFORE + (long) record.length + AFTER;
  }

  /** CRC-32C, rotated and shifted, so that a checksum of bytes that hold one is another. */
  private static int checksum(byte[] bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
