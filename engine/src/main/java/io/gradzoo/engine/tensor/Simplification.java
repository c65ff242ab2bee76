package io.gradzoo.engine.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Drops what no output depends on, and replaces operations by others that give the same numbers, up
 * to rounding, for less work on any device:
 *
 * <ul>
 *   <li>a linear map of a linear map is one map, if nothing else reads what lies between;
 *   <li>a sum over rows goes before a linear map;
 *   <li>the sum over rows of a product does not store the product;
 *   <li>a sum over a grid takes in the linear map that gives its cells and the ReLU that follows,
 *       if nothing else reads what lies between.
 * </ul>
 */
final class Simplification {
  private final int capacity;
  private final Set<Storage> outputs;
  private final Map<Tensor, Operation> producers = new HashMap<>();
  private final Map<Storage, List<Operation>> readers = new HashMap<>();

  /**
   * @param capacity the most models of one pass, on which it depends what is less work
   * @param outputs storages whose values or gradients the caller reads
   */
  Simplification(int capacity, Set<Storage> outputs) {
    this.capacity = capacity;
    this.outputs = outputs;
  }

  /** The operations to run instead, in order. */
  List<Operation> apply(List<Operation> recorded) {
    List<Operation> operations = needed(recorded);
    for (Operation operation : operations) {
      producers.put(operation.output(), operation);
      for (Tensor input : operation.inputs()) {
        readers.computeIfAbsent(input.storage(), storage -> new ArrayList<>()).add(operation);
      }
    }
    List<Operation> simplified = new ArrayList<>();
    for (Operation operation : operations) {
      simplified.addAll(simpler(operation));
    }
    return needed(simplified);
  }

  /** The operations that some output depends on. */
  private List<Operation> needed(List<Operation> operations) {
    Set<Storage> wanted = new HashSet<>(outputs);
    ArrayDeque<Operation> needed = new ArrayDeque<>();
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (wanted.contains(operation.output().storage())) {
        operation.inputs().forEach(input -> wanted.add(input.storage()));
        needed.addFirst(operation);
      }
    }
    return List.copyOf(needed);
  }

  private List<Operation> simpler(Operation operation) {
    if (operation instanceof Linear outer && composable(outer)) {
      return List.of(composed((Linear) producers.get(outer.inputs().get(0)), outer));
    } else if (operation instanceof GridReduce sum) {
      return reduced(sum);
    } else if (operation instanceof Pointwise function && rectifies(function)) {
      GridSum sum = (GridSum) producers.get(function.x());
      return List.of(mapped(sum.rectified(function.output())));
    } else if (operation instanceof GridSum sum) {
      return List.of(mapped(sum));
    }
    return List.of(operation);
  }

  /**
   * Whether a map reads a map whose result is worth skipping: the rows of one pass must save more
   * than the composition costs.
   */
  private boolean composable(Linear outer) {
    Tensor between = outer.inputs().get(0);
    if (outer.inputs().size() > 1
        || outputs.contains(between.storage())
        || !(producers.get(between) instanceof Linear inner)
        || inner.inputs().size() > 1) {
      return false;
    }
    boolean onlyMapsRead =
        readers.get(between.storage()).stream()
            .allMatch(r -> r instanceof Linear && r.inputs().equals(List.of(between)));
    long rows = (long) capacity * outer.output().rows();
    long in = inner.map().in();
    long middle = inner.map().out();
    long out = outer.map().out();
    long uses = readers.get(between.storage()).size();
    return onlyMapsRead
        && rows * (in * middle / uses + middle * out - in * out) > out * middle * in;
  }

  private static Operation composed(Linear inner, Linear outer) {
    ComposedMap map = new ComposedMap((AffineMap) inner.map(), (AffineMap) outer.map());
    return new Linear(map, inner.inputs(), outer.output());
  }

  private Operation mapped(GridSum sum) {
    return sum.cells() != null
            && producers.get(sum.cells()) instanceof Linear map
            && map.inputs().size() == 1
            && readOnce(sum.cells())
            && !composable(map)
        ? new GridAffine(map, sum)
        : sum;
  }

  private boolean readOnce(Tensor between) {
    return !outputs.contains(between.storage()) && readers.get(between.storage()).size() == 1;
  }

  private boolean rectifies(Pointwise function) {
    return function.function() == Pointwise.Function.RELU
        && producers.get(function.x()) instanceof GridSum
        && readOnce(function.x());
  }

  private List<Operation> reduced(GridReduce sum) {
    Operation producer = producers.get(sum.x());
    if (producer instanceof Linear map) {
      return sumThenMap(sum, map);
    }
    if (producer instanceof HadamardProduct product && sum.factor() == 1f) {
      int first = sum.first();
      return List.of(
          new GridInnerProduct(sum.summed(), first, product.a(), product.b(), sum.output()));
    }
    return List.of(sum);
  }

  /** {@code Σ (W x + f b) = W Σ x + n f b}. */
  private static List<Operation> sumThenMap(GridReduce sum, Linear map) {
    List<Operation> operations = new ArrayList<>();
    List<Tensor> sums = new ArrayList<>();
    for (Tensor x : map.inputs()) {
      Tensor y = Tensor.result(sum.output().rows(), x.width(), x.needsGradient());
      operations.add(new GridReduce(sum.summed(), sum.first(), sum.factor(), x, y));
      sums.add(y);
    }
    int terms = sum.x().rows() / sum.output().rows();
    AffineMap summed = ((AffineMap) map.map()).times(terms * sum.factor());
    operations.add(new Linear(summed, List.copyOf(sums), sum.output()));
    return operations;
  }
}
