package io.gradzoo.datasets.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes float32 arrays as numpy does: format 1, row-major, least significant byte first. */
public final class NpyWriter {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private NpyWriter() {}

  /**
   * What stands before the numbers.
   *
   * @param shape sizes of the axes, outermost first
   */
  public static byte[] header(List<? extends Number> shape) {
    String sizes =
        shape.stream().map(Object::toString).collect(Collectors.joining(", "))
            + (shape.size() == 1 ? "," : "");
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
    int before = MAGIC.length + Short.BYTES;
    int padding = Math.floorMod(-(before + text.length() + 1), ALIGNMENT);
    byte[] line = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(before + line.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) line.length)
        .put(line)
        .array();
  }

  /** Writes a whole file; leaves the stream open. */
  public static void write(FloatTensor tensor, OutputStream out) throws IOException {
    byte[] header = header(tensor.shape());
    ByteBuffer bytes =
        ByteBuffer.allocate(header.length + tensor.values().length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(header);
    bytes.asFloatBuffer().put(tensor.values());
    out.write(bytes.array());
  }
}
