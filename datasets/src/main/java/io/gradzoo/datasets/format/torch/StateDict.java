package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.NdArray;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a file that {@code torch.save} wrote of dictionaries of tensors. Names in nested
 * dictionaries are joined by a dot. Text, flags, lists and the states of optimizers are passed
 * over.
 *
 * @param tensors by name, in row-major order; 16-bit floats as float32, integers below 32 bits and
 *     flags as int32
 * @param numbers that stand beside the tensors, such as a label: a Long or a Double by name
 * @param order the tensors' names as they come in the file, which of a module is the order of its
 *     layers
 */
public record StateDict(
    SortedMap<String, NdArray> tensors, SortedMap<String, Number> numbers, List<String> order) {
  public StateDict {
    order = List.copyOf(order);
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  /**
   * Reads a file, of the zip format or of that before PyTorch 1.6. It takes memory in proportion to
   * the file's size.
   *
   * @throws io.gradzoo.datasets.DataException if it is no such file, is damaged, or has in it what
   *     no state dict needs
   */
  public static StateDict read(Path file) {
    return read(Place.of("torch", file), file);
  }

  /**
   * Reads a file that messages call otherwise.
   *
   * @param place what they call it
   * @throws io.gradzoo.datasets.DataException as above
   */
  public static StateDict read(Place place, Path file) {
    return StateDictReader.read(place, file);
  }
}
