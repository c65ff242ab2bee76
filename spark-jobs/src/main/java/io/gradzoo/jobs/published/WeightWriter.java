package io.gradzoo.jobs.published;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes {@code weights.npy}: float32 [rows, numbers], as numpy writes it. */
final class WeightWriter {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private final OutputStream out;
  private final int[] order;
  private final byte[] row;

  /**
   * Writes the header.
   *
   * @param out left open
   * @param rows that will be written
   * @param order where each number of a network lies in its row
   */
  WeightWriter(OutputStream out, long rows, int[] order) throws IOException {
    this.out = out;
    this.order = order.clone();
    this.row = new byte[order.length * Float.BYTES];
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + order.length + "), }";
    int before = MAGIC.length + Short.BYTES;
    int padding = Math.floorMod(-(before + text.length() + 1), ALIGNMENT);
    byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    out.write(MAGIC);
    out.write(header.length & 0xff);
    out.write(header.length >> Byte.SIZE);
    out.write(header);
  }

  /** Writes a network's parameters, in this program's order. */
  void write(float[] parameters) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < order.length; i++) {
      bytes.putFloat(order[i] * Float.BYTES, parameters[i]);
    }
    out.write(row);
  }
}
