package io.gradzoo.jobs.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.golden.GoldenArrays;
import io.gradzoo.engine.golden.GoldenCase;
import io.gradzoo.engine.golden.GoldenSets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The files of golden values, which lie in the jars of the engine and of the jobs. */
public final class GoldenFiles {
  private GoldenFiles() {}

  /** ScaleGMN's cases, then GradMetaNet's. */
  public static List<GoldenCase> cases() {
    List<GoldenCase> cases = new ArrayList<>(scaleGmn());
    cases.addAll(sets().cases());
    return cases;
  }

  /** Every variant of ScaleGMN, against the public implementation. */
  public static List<ScaleGmnCase> scaleGmn() {
    List<ScaleGmnCase> cases = new ArrayList<>();
    manifest()
        .fields()
        .forEachRemaining(
            entry -> {
              if (entry.getValue().has("args")) {
                cases.add(new ScaleGmnCase(entry.getKey(), entry.getValue()));
              }
            });
    return cases;
  }

  /** What is known of ScaleGMN's cases, by their names. */
  public static JsonNode manifest() {
    try {
      return new ObjectMapper().readTree(bytes(GoldenFiles.class, "manifest.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenSets sets() {
    return new GoldenSets(
        arrays("manifest.json", "golden.f64"), arrays("gradients.json", "gradients.f64"));
  }

  private static GoldenArrays arrays(String index, String numbers) {
    return new GoldenArrays(
        new String(bytes(GoldenSets.class, index), StandardCharsets.UTF_8),
        bytes(GoldenSets.class, numbers));
  }

  /** A file beside a class. */
  static byte[] bytes(Class<?> beside, String file) {
    try (InputStream stream = beside.getResourceAsStream(file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
