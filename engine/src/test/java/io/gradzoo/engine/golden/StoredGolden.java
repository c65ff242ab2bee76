package io.gradzoo.engine.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of golden values, read for tests. */
public final class StoredGolden {
  private StoredGolden() {}

  /** Inputs, parameters and outputs. */
  public static GoldenArrays values() {
    return arrays("manifest.json", "golden.f64");
  }

  static GoldenSets sets() {
    return new GoldenSets(values(), arrays("gradients.json", "gradients.f64"));
  }

  private static GoldenArrays arrays(String index, String numbers) {
    return new GoldenArrays(new String(bytes(index), StandardCharsets.UTF_8), bytes(numbers));
  }

  private static byte[] bytes(String file) {
    try (InputStream stream = GoldenArrays.class.getResourceAsStream(file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
