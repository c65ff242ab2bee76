package io.gradzoo.datasets.split;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/** SHA-256 of numbers and of table rows: what two runs compare to show that they agree. */
public final class ContentHash {
  private static final int CHUNK = 2048;

  private ContentHash() {}

  /** Hex hash of an array's bytes, each float least significant byte first. */
  public static String of(float[] values) {
    MessageDigest digest = sha256();
    update(digest, values);
    return hex(digest.digest());
  }

  /** Hex hash of text in UTF-8, such as an effective configuration. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Hex hash of bytes, such as a file's. */
  public static String of(byte[] bytes) {
    return hex(sha256().digest(bytes));
  }

  /**
   * Hex hash of a table's rows whatever their order: that of the row hashes, sorted and joined. A
   * row that is there twice counts twice.
   *
   * @param rowHashes what {@link Row#hash} gave for each row
   */
  public static String ofRows(Collection<byte[]> rowHashes) {
    MessageDigest digest = sha256();
    rowHashes.stream().sorted(Arrays::compareUnsigned).forEach(digest::update);
    return hex(digest.digest());
  }

  /**
   * A row being hashed, cell by cell in the order of the columns. Every cell is preceded by its
   * type and, if it can vary, its length, so that no two different rows give the same bytes.
   */
  public static final class Row {
    private final MessageDigest digest = sha256();

    /** Adds an integer. */
    public Row add(long value) {
      digest.update(littleEndian(1 + Long.BYTES).put((byte) 'l').putLong(value).flip());
      return this;
    }

    /** Adds a number; every bit counts. */
    public Row add(double value) {
      digest.update(littleEndian(1 + Double.BYTES).put((byte) 'd').putDouble(value).flip());
      return this;
    }

    /** Adds text. */
    public Row add(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      addLength('s', bytes.length);
      digest.update(bytes);
      return this;
    }

    /** Adds an array; every bit counts. */
    public Row add(float[] values) {
      addLength('f', values.length);
      update(digest, values);
      return this;
    }

    /** Adds an empty cell (SQL's NULL). */
    public Row addNull() {
      digest.update((byte) '0');
      return this;
    }

    /** The row's hash, 32 bytes; the row is empty again afterwards. */
    public byte[] hash() {
      return digest.digest();
    }

    private void addLength(char type, int length) {
      digest.update(littleEndian(1 + Integer.BYTES).put((byte) type).putInt(length).flip());
    }
  }

  private static void update(MessageDigest digest, float[] values) {
    ByteBuffer chunk = littleEndian(CHUNK * Float.BYTES);
    for (int start = 0; start < values.length; start += CHUNK) {
      int count = Math.min(CHUNK, values.length - start);
      chunk.clear().asFloatBuffer().put(values, start, count);
      digest.update(chunk.limit(count * Float.BYTES));
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
