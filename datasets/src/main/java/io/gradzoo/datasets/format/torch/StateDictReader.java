package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.NdArray;
import io.gradzoo.datasets.format.torch.PickleMachine.PickleDict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds the tensors in what a pickle has made, and copies them out of their storages. */
final class StateDictReader {
  private static final int DEEPEST = 32;
  private static final int MOST_VALUES = 1_000_000;

  /** The names in the state of a PyTorch optimizer, which is no part of a network. */
  private static final Set<Object> OPTIMIZER = Set.of("state", "param_groups");

  private static final String FIX = "save a dictionary of tensors: torch.save(state_dict, file)";

  private final Place place;
  private final Map<String, TorchView> views = new LinkedHashMap<>();
  private final Map<String, Number> numbers = new TreeMap<>();
  private int values;

  private StateDictReader(Place place) {
    this.place = place;
  }

  static StateDict read(Place place, Path file) {
    try {
      return TorchLegacy.is(file) ? TorchLegacy.read(place, file) : TorchZip.read(place, file);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  /**
   * The tensors of a pickle's value.
   *
   * @param file bounds what is copied: its bytes
   * @param storages the bytes of each storage by key, in their order
   * @throws DataException if the value is no dictionary with tensors
   */
  static StateDict of(
      Place place, Object value, Path file, Function<TorchStorage, ByteBuffer> storages)
      throws IOException {
    StateDictReader reader = new StateDictReader(place);
    if (!(value instanceof PickleDict entries)) {
      throw place.fault("a dictionary of tensors", "another value", FIX);
    }
    reader.collect("", entries, 0);
    return reader.copied(Files.size(file), storages);
  }

  private void collect(String prefix, PickleDict entries, int depth) {
    if (depth > DEEPEST) {
      throw place.fault("at most " + DEEPEST + " dictionaries in each other", "more", FIX);
    }
    for (Map.Entry<Object, Object> entry : entries.values.entrySet()) {
      if (++values > MOST_VALUES) {
        throw place.fault("at most " + MOST_VALUES + " values", "more", FIX);
      }
      String name = prefix + entry.getKey();
      if (entry.getValue() instanceof PickleDict inner && OPTIMIZER.equals(inner.values.keySet())) {
        continue;
      }
      if (entry.getValue() instanceof PickleDict inner) {
        collect(name + ".", inner, depth + 1);
      } else if (entry.getValue() instanceof TorchView view) {
        requireNew(name, views.put(name, view));
      } else if (entry.getValue() instanceof Number number) {
        requireNew(name, numbers.put(name, number));
      }
    }
  }

  private void requireNew(String name, Object before) {
    if (before != null) {
      throw place.fault("each name once", Place.quote(name) + " twice", FIX);
    }
  }

  private StateDict copied(long fileBytes, Function<TorchStorage, ByteBuffer> storages) {
    if (views.isEmpty()) {
      throw place.fault("a dictionary of tensors", "no tensor", FIX);
    }
    long count = 0;
    for (TorchView view : views.values()) {
      count += Math.min(view.count(), fileBytes + 1);
    }
    if (count > fileBytes) {
      String expected = "at most " + fileBytes + " numbers, one for each byte of the file";
      throw place.fault(expected, "more: tensors repeat numbers", "save them contiguous");
    }
    Map<String, NdArray> tensors = new TreeMap<>();
    views.forEach((name, view) -> tensors.put(name, view.array(storages.apply(view.storage()))));
    return new StateDict(
        new TreeMap<>(tensors), new TreeMap<>(numbers), List.copyOf(views.keySet()));
  }
}
