package io.gradzoo.jobs.published;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes state dicts as {@code torch.save} does: a pickle, and a storage for each tensor. */
final class StateDictFile {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final ZipOutputStream zip;
  private int tensors;

  private StateDictFile(ZipOutputStream zip) {
    this.zip = zip;
  }

  /**
   * A perceptron {@code seq.0}, {@code seq.1}, ….
   *
   * @param widths inputs first
   * @param numbers flat: weight [out, in], then bias, layer by layer
   * @param label beside the tensors; null for none
   */
  static void write(Path path, int[] widths, float[] numbers, Integer label) throws IOException {
    Files.createDirectories(path.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      StateDictFile file = new StateDictFile(zip);
      file.op("\u0080\u0002ccollections\nOrderedDict\n)R(");
      int at = 0;
      for (int layer = 0; layer + 1 < widths.length; layer++) {
        int in = widths[layer];
        int out = widths[layer + 1];
        file.tensor("seq." + layer + ".weight", numbers, at, out, in);
        file.tensor("seq." + layer + ".bias", numbers, at + in * out, out);
        at += in * out + out;
      }
      if (label != null) {
        file.text("label");
        file.op("K" + (char) label.intValue());
      }
      file.op("u.");
      file.entry("archive/data.pkl", file.pickle.toByteArray());
      file.entry("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void tensor(String name, float[] numbers, int at, int... shape) throws IOException {
    int count = shape.length == 1 ? shape[0] : shape[0] * shape[1];
    text(name);
    op("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    op("ctorch\nFloatStorage\n");
    text(Integer.toString(tensors));
    text("cpu");
    number(count);
    op("tQK\0(");
    for (int size : shape) {
      number(size);
    }
    op("t(");
    if (shape.length == 2) {
      number(shape[1]);
    }
    op("K\u0001t\u0089ccollections\nOrderedDict\n)RtR");
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers, at, count);
    entry("archive/data/" + tensors++, bytes.array());
  }

  private void text(String text) {
    op("X" + (char) text.length() + "\0\0\0" + text);
  }

  private void number(int number) {
    pickle.writeBytes(
        ByteBuffer.allocate(5)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 'J')
            .putInt(number)
            .array());
  }

  private void op(String bytes) {
    pickle.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void entry(String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
  }
}
