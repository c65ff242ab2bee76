package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A network as its file holds it.
 *
 * @param architecture its text form; empty if the file does not say
 * @param tensors by name
 * @param numbers that stand beside the tensors, such as a label
 * @param stored names of the tensors in the order of the file; empty if it has none that says
 *     anything of the layers
 */
public record StoredNetwork(
    String architecture,
    SortedMap<String, FloatTensor> tensors,
    SortedMap<String, Number> numbers,
    List<String> stored) {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public StoredNetwork {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    stored = List.copyOf(stored);
  }

  /** Of a file whose order says nothing. */
  public StoredNetwork(
      String architecture,
      SortedMap<String, FloatTensor> tensors,
      SortedMap<String, Number> numbers) {
    this(architecture, tensors, numbers, List.of());
  }

  /** The same in a file of this order. */
  StoredNetwork asOrdered(List<String> names) {
    return new StoredNetwork(architecture, tensors, numbers, names);
  }

  /** Of a file that has tensors and does not say what becomes of them. */
  static StoredNetwork of(Map<String, FloatTensor> tensors) {
    return new StoredNetwork("", new TreeMap<>(tensors), new TreeMap<>());
  }

  /** Of a model whose layers are numbered from 0: weight and bias in turn. */
  public static StoredNetwork of(String architecture, List<FloatTensor> parameters) {
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      tensors.put(i / 2 + (i % 2 == 0 ? WEIGHT : BIAS), parameters.get(i));
    }
    return new StoredNetwork(architecture, tensors, new TreeMap<>());
  }

  /**
   * The tensors of these names, which must be all.
   *
   * @param names in the order of the layers, weight and bias in turn; if empty, the tensors are
   *     {@code NAME.weight} and {@code NAME.bias} in the order of their names, whose numbers count
   *     as numbers: {@code seq.2} stands before {@code seq.10}; where names differ in more than
   *     numbers, in the order of the file if it has one, else in the only one that shapes allow
   * @throws io.gradzoo.datasets.DataException if there are others, or their order is not known
   */
  public List<FloatTensor> inOrder(Place place, List<String> names) {
    return order(place, names).stream().map(name -> tensors.get(name)).toList();
  }

  /**
   * The names of its tensors in the order of the layers.
   *
   * @param names as {@link #inOrder} takes them
   * @throws io.gradzoo.datasets.DataException as there
   */
  public List<String> order(Place place, List<String> names) {
    List<String> expected = names.isEmpty() ? paired(place) : names;
    if (!new TreeSet<>(expected).equals(tensors.keySet())) {
      throw place.fault(
          names.isEmpty() ? "pairs of tensors NAME.weight and NAME.bias" : "tensors " + names,
          Place.quote(tensors.keySet().toString()),
          "name them in the layout file, or save the state dict alone");
    }
    return expected;
  }

  /** The same network with other numbers in tensors of the same names. */
  public StoredNetwork with(Map<String, FloatTensor> other) {
    return new StoredNetwork(architecture, new TreeMap<>(other), numbers, stored);
  }

  private List<String> paired(Place place) {
    List<String> byName =
        layers(tensors.keySet()).sorted(Comparator.comparing(StoredNetwork::padded)).toList();
    List<String> layers = byName;
    if (!numbered(byName)) {
      layers = stored.isEmpty() ? onlyOrder(place, byName) : layers(stored).toList();
    }
    return layers.stream().flatMap(name -> Stream.of(name + WEIGHT, name + BIAS)).toList();
  }

  private static boolean numbered(List<String> layers) {
    return layers.stream().map(name -> NUMBER.matcher(name).replaceAll("0")).distinct().count()
        <= 1;
  }

  /** The order that shapes leave; that of the names where they leave none, which shapes refuse. */
  private List<String> onlyOrder(Place place, List<String> layers) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    layers.forEach(name -> shapes.put(name, tensors.get(name + WEIGHT).shape()));
    LayerOrders orders = new LayerOrders(shapes);
    if (orders.several()) {
      throw place.fault(
          "layers whose order is that of their numbers, or follows from their shapes",
          Place.quote(layers.toString()) + ", which can stand in several",
          "name the tensors in the layout file, or number the layers");
    }
    return orders.none() ? layers : orders.first();
  }

  private static Stream<String> layers(Collection<String> names) {
    return names.stream()
        .filter(name -> name.endsWith(WEIGHT))
        .map(name -> name.substring(0, name.length() - WEIGHT.length()));
  }

  private static String padded(String name) {
    return NUMBER
        .matcher(name)
        .replaceAll(number -> "0".repeat(padding(number.group().length())) + number.group());
  }

  private static int padding(int digits) {
    return Math.max(0, 20 - digits);
  }
}
