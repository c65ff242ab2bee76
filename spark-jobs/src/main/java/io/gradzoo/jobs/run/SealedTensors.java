package io.gradzoo.jobs.run;

import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Safetensors files with a checksum of all the rest of them in their metadata, and flat vectors as
 * tensors by the names of a layout's parameters.
 */
final class SealedTensors {
  /** Metadata: SHA-256, hex, of the file as it is without this entry. */
  static final String CHECKSUM = "sha256";

  private static final int MOST_SHOWN = 3;

  private SealedTensors() {}

  /** The checksum; no byte of the file is kept. */
  static String checksum(
      SortedMap<String, String> metadata, SortedMap<String, FloatTensor> tensors) {
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Safetensors.of(metadata, tensors).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes a file with its checksum; leaves the stream open. */
  static void write(
      SortedMap<String, String> metadata, SortedMap<String, FloatTensor> tensors, OutputStream out)
      throws IOException {
    SortedMap<String, String> all = new TreeMap<>(metadata);
    all.put(CHECKSUM, checksum(metadata, tensors));
    Safetensors.of(all, tensors).write(out);
  }

  /**
   * Adds the parameters of a flat vector to tensors.
   *
   * @param prefix of their names
   * @param from where the vector begins in the numbers
   */
  static void put(
      SortedMap<String, FloatTensor> tensors,
      String prefix,
      ParameterLayout layout,
      float[] numbers,
      int from) {
    for (Parameter parameter : layout.parameters()) {
      float[] values = new float[parameter.size()];
      System.arraycopy(numbers, from + parameter.offset(), values, 0, values.length);
      tensors.put(prefix + parameter.name(), new FloatTensor(parameter.shape(), values));
    }
  }

  /**
   * Copies the parameters of tensors into a flat vector.
   *
   * @param prefix of their names
   * @param from where the vector begins in the numbers
   * @return what is missing, of another shape or not finite; empty if nothing is
   */
  static List<String> copy(
      SortedMap<String, FloatTensor> tensors,
      String prefix,
      ParameterLayout layout,
      float[] numbers,
      int from) {
    List<String> problems = new ArrayList<>();
    for (Parameter parameter : layout.parameters()) {
      String name = prefix + parameter.name();
      FloatTensor tensor = tensors.get(name);
      if (tensor == null || !tensor.shape().equals(parameter.shape())) {
        String found = tensor == null ? "none" : tensor.shape().toString();
        problems.add(name + " " + parameter.shape() + " (found " + found + ")");
      } else if (!finite(tensor.values())) {
        problems.add("finite numbers in " + name);
      } else {
        System.arraycopy(tensor.values(), 0, numbers, from + parameter.offset(), parameter.size());
      }
    }
    return problems;
  }

  /** The first problems, in a line. */
  static String words(List<String> problems) {
    return String.join(", ", problems.subList(0, Math.min(MOST_SHOWN, problems.size())))
        + (problems.size() > MOST_SHOWN ? " and " + (problems.size() - MOST_SHOWN) + " more" : "");
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
