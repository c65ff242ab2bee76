package io.gradzoo.datasets.network;

import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.NpyWriter;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a network's file: equal networks give equal bytes, which read back bit by bit. */
public final class NetworkWriter {
  /** The earliest that a zip knows. */
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NetworkWriter() {}

  /**
   * Writes a file; leaves the stream open.
   *
   * @param parameters finite, of a network whose layers are numbered from 0
   * @throws IllegalArgumentException if networks are not written in this format
   */
  public static void write(NetworkFormat format, StoredNetwork parameters, OutputStream out)
      throws IOException {
    switch (format) {
      case NPZ -> npz(parameters.tensors(), out);
      case SAFETENSORS -> Safetensors.of(Map.of(), parameters.tensors()).write(out);
      case CSV -> csv(parameters.tensors(), out);
      default ->
          throw Fault.here()
              .expected("a format that is written: npz, safetensors or csv")
              .found(format.id())
              .exception();
    }
  }

  private static void npz(Map<String, FloatTensor> tensors, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      NpyWriter.write(tensor.getValue(), bytes);
      CRC32 sum = new CRC32();
      sum.update(bytes.toByteArray());
      ZipEntry entry = new ZipEntry(tensor.getKey() + ".npy");
      entry.setTimeLocal(ANY_TIME);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.size());
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      bytes.writeTo(zip);
    }
    zip.finish();
  }

  private static void csv(Map<String, FloatTensor> tensors, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder("tensor,index,value\n");
    tensors.forEach(
        (name, tensor) -> {
          float[] values = tensor.values();
          for (int i = 0; i < values.length; i++) {
            text.append(name).append(',').append(i).append(',').append(values[i]).append('\n');
          }
        });
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
