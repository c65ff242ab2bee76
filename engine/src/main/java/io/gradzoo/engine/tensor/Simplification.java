package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces operations by others that give the same numbers, up to rounding, for less work:
 *
 * <ul>
 *   <li>a linear map of a linear map is one map, if nothing else reads what lies between;
 *   <li>a sum over rows goes before a linear map;
 *   <li>the sum over rows of a product does not store the product;
 *   <li>a sum over a grid takes in the linear map that gives its cells and the ReLU that follows,
 *       if nothing else reads what lies between.
 * </ul>
 *
 * What is then read by nothing is left to be dropped.
 */
final class Simplification {
  private final Kernels kernels;
  private final Parameters parameters;
  private final int capacity;
  private final Set<Storage> pinned;
  private final Map<Tensor, Operation> producers = new HashMap<>();
  private final Map<Storage, List<Operation>> readers = new HashMap<>();
  private final List<Composition> compositions = new ArrayList<>();

  /**
   * @param pinned storages that the caller reads
   */
  Simplification(Kernels kernels, Parameters parameters, int capacity, Set<Storage> pinned) {
    this.kernels = kernels;
    this.parameters = parameters;
    this.capacity = capacity;
    this.pinned = pinned;
  }

  /** The operations to run instead, in order. */
  List<Operation> of(List<Operation> operations) {
    for (Operation operation : operations) {
      producers.put(operation.output, operation);
      for (Tensor input : operation.inputs) {
        readers.computeIfAbsent(input.storage(), storage -> new ArrayList<>()).add(operation);
      }
    }
    List<Operation> simplified = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation instanceof Linear outer && composable(outer)) {
        simplified.add(compose((Linear) producers.get(outer.inputs.get(0)), outer));
      } else if (operation instanceof GridReduce sum) {
        simplified.addAll(reduce(sum));
      } else if (operation instanceof Pointwise function && rectifies(function)) {
        Tensor sum = function.inputs.get(0);
        simplified.add(mapped(((GridSum) producers.get(sum)).rectified(function.output)));
      } else if (operation instanceof GridSum sum) {
        simplified.add(mapped(sum));
      } else {
        simplified.add(operation);
      }
    }
    return simplified;
  }

  /** The compositions in use. */
  List<Composition> compositions() {
    return compositions;
  }

  /**
   * Whether a map reads a map whose result is worth skipping: the rows of one pass must save more
   * than the composition costs.
   */
  private boolean composable(Linear outer) {
    Tensor between = outer.inputs.get(0);
    if (outer.inputs.size() > 1
        || pinned.contains(between.storage())
        || !(producers.get(between) instanceof Linear inner)
        || inner.inputs.size() > 1) {
      return false;
    }
    boolean onlyMapsRead =
        readers.get(between.storage()).stream()
            .allMatch(
                r -> r instanceof Linear && r.inputs.size() == 1 && r.inputs.get(0) == between);
    long rows = (long) capacity * outer.output.rows();
    long in = inner.weight().columns();
    long middle = inner.weight().rows();
    long out = outer.weight().rows();
    long uses = readers.get(between.storage()).size();
    return onlyMapsRead
        && rows * (in * middle / uses + middle * out - in * out) > out * middle * in;
  }

  private Operation compose(Linear inner, Linear outer) {
    for (Composition composition : compositions) {
      if (composition.composes(inner, outer)) {
        return composition.applied(inner, outer);
      }
    }
    Composition composition = new Composition(kernels, parameters, inner, outer);
    compositions.add(composition);
    return composition.applied(inner, outer);
  }

  private Operation mapped(GridSum sum) {
    Tensor cells = sum.cells();
    return cells != null
            && producers.get(cells) instanceof Linear map
            && map.inputs.size() == 1
            && readOnce(cells)
            && !composable(map)
        ? new GridAffine(kernels, map, sum)
        : sum;
  }

  private boolean readOnce(Tensor between) {
    return !pinned.contains(between.storage()) && readers.get(between.storage()).size() == 1;
  }

  private boolean rectifies(Pointwise function) {
    Tensor x = function.inputs.get(0);
    return function.function() == Pointwise.Function.RELU
        && producers.get(x) instanceof GridSum
        && readOnce(x);
  }

  private List<Operation> reduce(GridReduce sum) {
    Operation producer = producers.get(sum.inputs.get(0));
    if (producer instanceof Linear map) {
      return sumThenMap(sum, map);
    }
    if (producer instanceof Product product && sum.factor() == 1f) {
      Tensor a = product.inputs.get(0);
      Tensor b = product.inputs.get(1);
      return List.of(new GridInnerProduct(kernels, sum.summed(), sum.grid(), sum.output, a, b));
    }
    return List.of(sum);
  }

  /** {@code Σ (W x + f b) = W Σ x + n f b}. */
  private List<Operation> sumThenMap(GridReduce sum, Linear map) {
    List<Operation> operations = new ArrayList<>();
    Tensor[] sums = new Tensor[map.inputs.size()];
    for (int i = 0; i < sums.length; i++) {
      Tensor x = map.inputs.get(i);
      sums[i] = Tensor.result(sum.output.rows(), x.width(), x.needsGradient());
      operations.add(
          new GridReduce(kernels, sum.summed(), sum.grid().first(), sum.factor(), sums[i], x));
    }
    int terms = sum.inputs.get(0).rows() / sum.output.rows();
    operations.add(map.applied(terms * sum.factor() * map.biasFactor(), sum.output, sums));
    return operations;
  }
}
