package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.network.FolderDescription;
import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.datasets.network.NetworkWriter;
import io.gradzoo.datasets.network.StoredNetwork;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of one network: what it holds, and the same tensors with other numbers.
 *
 * @param parameters flat, in the architecture's layout
 * @param stored as the file has it
 * @param order names of its tensors, weight and bias of each layer in turn
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record NetworkFile(
    LayeredArchitecture architecture,
    float[] parameters,
    StoredNetwork stored,
    List<String> order) {

  /**
   * Reads a file whose weights are [out, in] or [out, in, kernel, kernel].
   *
   * @param place of the file, for messages
   * @param said its architecture; empty if the file says it
   * @throws io.gradzoo.datasets.DataException if it is damaged, or does not hold such a network
   */
  public static NetworkFile read(Place place, NetworkFormat format, Path file, String said) {
    StoredNetwork stored = format.read(place, file);
    if (said.isEmpty() && stored.architecture().isEmpty()) {
      throw place.fault(
          "a file that says its architecture, or --architecture",
          "tensors alone",
          "--architecture with its text, such as tanh:64:dense16:dense10");
    }
    NetworkWeights weights =
        NetworkWeights.of(place, stored, FolderDescription.of(format, ""), said);
    return new NetworkFile(
        weights.architecture(), weights.parameters(), stored, stored.order(place, List.of()));
  }

  /**
   * Writes the network with other parameters, under the names and in the shapes that it came with.
   *
   * @param format that {@link NetworkWriter} writes
   */
  public void write(NetworkFormat format, float[] changed, OutputStream out) throws IOException {
    Map<String, FloatTensor> tensors = new TreeMap<>();
    List<AffineLayer> layers = architecture.affineLayers();
    for (int i = 0; i < layers.size(); i++) {
      AffineLayer layer = layers.get(i);
      put(tensors, order.get(2 * i), changed, layer.weightOffset(), layer.weightCount());
      put(tensors, order.get(2 * i + 1), changed, layer.biasOffset(), layer.out());
    }
    NetworkWriter.write(format, stored.with(tensors), out);
  }

  private void put(
      Map<String, FloatTensor> tensors, String name, float[] from, int start, int count) {
    float[] values = Arrays.copyOfRange(from, start, start + count);
    tensors.put(name, new FloatTensor(stored.tensors().get(name).shape(), values));
  }
}
