package io.gradzoo.engine.gradient;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stored double-precision arrays of an independent implementation, by name. */
public final class GoldenArrays {
  private static final String FOLDER = "/golden/gradmetanet/";

  private final String manifest;
  private final ByteBuffer numbers;

  /** Inputs, parameters and outputs. */
  public GoldenArrays() {
    this("manifest.json", "golden.f64");
  }

  /** The arrays that an index describes. */
  public GoldenArrays(String index, String stream) {
    manifest = new String(bytes(index), StandardCharsets.UTF_8);
    numbers = ByteBuffer.wrap(bytes(stream)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The array of that name, row-major. */
  public double[] array(String name) {
    Matcher entry =
        Pattern.compile(
                "\""
                    + name
                    + "\":\\s*\\{\\s*\"offset\":\\s*(\\d+),\\s*\"shape\":\\s*\\[([^\\]]*)\\]")
            .matcher(manifest);
    if (!entry.find()) {
      throw new IllegalArgumentException("no golden array " + name);
    }
    int offset = Integer.parseInt(entry.group(1));
    int count = 1;
    for (String size : entry.group(2).split(",", -1)) {
      count *= Integer.parseInt(size.strip());
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = numbers.getDouble(8 * (offset + i));
    }
    return values;
  }

  private static byte[] bytes(String file) {
    try (InputStream stream = GoldenArrays.class.getResourceAsStream(FOLDER + file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
