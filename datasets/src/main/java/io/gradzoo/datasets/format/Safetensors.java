package io.gradzoo.datasets.format;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a safetensors file: named float32 tensors and string metadata. Tensors of other
 * floats are rounded to float32 when they are read.
 *
 * <p>Equal contents give equal bytes: metadata and tensors are written sorted by name, the header
 * is padded with spaces to a multiple of 8 bytes, and the tensors follow without gaps.
 *
 * @param metadata free text by key
 * @param tensors tensors by name; {@code __metadata__} is no name
 */
public record Safetensors(
    SortedMap<String, String> metadata, SortedMap<String, FloatTensor> tensors) {
  static final String METADATA = "__metadata__";

  public Safetensors {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException("a tensor cannot be called " + METADATA);
    }
  }

  /** From maps in any order. */
  public static Safetensors of(Map<String, String> metadata, Map<String, FloatTensor> tensors) {
    return new Safetensors(new TreeMap<>(metadata), new TreeMap<>(tensors));
  }

  /**
   * Reads a file of at most 2 GiB.
   *
   * @throws DataException if it cannot be read, or any byte of it is not as the format demands
   */
  public static Safetensors read(Path file) {
    return read(Place.of("safetensors", file), file);
  }

  /**
   * Reads a file that messages call otherwise.
   *
   * @param place what they call it
   * @throws DataException as above
   */
  public static Safetensors read(Place place, Path file) {
    NpyReader.requireRegular(place, file);
    try {
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - 8) {
        throw place.fault("at most 2 GiB", size + " bytes", "split the file");
      }
      return new SafetensorsParser(place, Files.readAllBytes(file)).parse();
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  /**
   * Reads a file's bytes.
   *
   * @param name the file's name, for messages
   * @throws DataException as {@link #read}
   */
  public static Safetensors parse(String name, byte[] bytes) {
    return new SafetensorsParser(Place.of("safetensors", name), bytes).parse();
  }

  /** Writes the file's bytes; leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    SafetensorsWriter.write(this, out);
  }
}
