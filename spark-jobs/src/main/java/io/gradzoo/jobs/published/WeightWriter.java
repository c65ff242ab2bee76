package io.gradzoo.jobs.published;

import io.gradzoo.datasets.format.NpyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes {@code weights.npy}: float32 [rows, numbers], as numpy writes it. */
final class WeightWriter {
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
    out.write(NpyWriter.header(List.of(rows, order.length)));
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
