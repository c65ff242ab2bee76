package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.NdArray;
import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.datasets.format.torch.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a file holds a network. */
public enum NetworkFormat {
  /** A PyTorch state dict. */
  TORCH(".pth"),
  /** A zip of numpy arrays. */
  NPZ(".npz"),
  SAFETENSORS(".safetensors"),
  /** A row for each number: {@code tensor,index,value}. */
  CSV(".csv"),
  /** A model of layers that follow each other, as PyTorch and others export them. */
  ONNX(".onnx"),
  /** A multilayer network that DL4J's {@code ModelSerializer} wrote. */
  DL4J(".zip");

  /** The most bytes that a file may have, which bounds the memory that reading it takes. */
  public static final long LARGEST = 256L << 20;

  private final String suffix;

  NetworkFormat(String suffix) {
    this.suffix = suffix;
  }

  /** What names of such files end with. */
  public String suffix() {
    return suffix;
  }

  /** The name that layout files and commands use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a file.
   *
   * @param place of the file, for messages
   * @param file its bytes, here
   * @throws io.gradzoo.datasets.DataException if it is damaged, too large, or holds something else
   */
  public StoredNetwork read(Place place, Path file) {
    requireSmall(place, file);
    return switch (this) {
      case TORCH -> stateDict(StateDict.read(place, file));
      case NPZ -> npz(place, file);
      case SAFETENSORS -> StoredNetwork.of(Safetensors.read(place, file).tensors());
      case CSV -> CsvNetwork.read(place, file);
      case ONNX -> OnnxNetwork.read(place, file);
      case DL4J -> Dl4jNetwork.read(place, file);
    };
  }

  private static void requireSmall(Place place, Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw place.fault(
            "at most " + LARGEST + " bytes for a network", size + "", "import smaller networks");
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static StoredNetwork stateDict(StateDict dict) {
    return network(dict.tensors(), dict.numbers()).asOrdered(dict.order());
  }

  private static StoredNetwork npz(Place place, Path file) {
    try (NpzReader npz = NpzReader.open(place, file)) {
      SortedMap<String, NdArray> arrays = new TreeMap<>();
      npz.names().forEach(name -> arrays.put(name, npz.read(name)));
      return network(arrays, Map.of());
    }
  }

  private static StoredNetwork network(Map<String, NdArray> arrays, Map<String, Number> beside) {
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    SortedMap<String, Number> numbers = new TreeMap<>(beside);
    arrays.forEach(
        (name, array) -> {
          // A label is often an array of one integer.
          if (array.type().integral() && array.size() == 1) {
            numbers.put(name, array.longs()[0]);
          } else {
            tensors.put(name, tensor(array));
          }
        });
    return new StoredNetwork("", tensors, numbers);
  }

  private static FloatTensor tensor(NdArray array) {
    return new FloatTensor(Arrays.stream(array.shape()).boxed().toList(), array.floats());
  }
}
