package io.gradzoo.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Lays out safetensors files; see {@link Safetensors} for what is fixed about the layout. */
final class SafetensorsWriter {
  private static final int CHUNK = 8192;

  private SafetensorsWriter() {}

  static void write(Safetensors content, OutputStream out) throws IOException {
    byte[] header = header(content);
    byte[] bytes = new byte[CHUNK * Float.BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
    out.write(bytes, 0, Long.BYTES);
    out.write(header);
    for (FloatTensor tensor : content.tensors().values()) {
      float[] values = tensor.values();
      for (int start = 0; start < values.length; start += CHUNK) {
        int count = Math.min(CHUNK, values.length - start);
        chunk.clear().asFloatBuffer().put(values, start, count);
        out.write(bytes, 0, count * Float.BYTES);
      }
    }
  }

  private static byte[] header(Safetensors content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!content.metadata().isEmpty()) {
        json.writeObjectFieldStart(Safetensors.METADATA);
        for (Map.Entry<String, String> entry : content.metadata().entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, FloatTensor> entry : content.tensors().entrySet()) {
        long end = offset + (long) entry.getValue().values().length * Float.BYTES;
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", "F32");
        json.writeArrayFieldStart("shape");
        for (int size : entry.getValue().shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(offset);
        json.writeNumber(end);
        json.writeEndArray();
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }
}
