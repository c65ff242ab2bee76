package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.Operation;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.RowSelection;
import io.gradzoo.engine.tensor.Storage;
import io.gradzoo.engine.tensor.TableLookup;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the instructions of a computation for one number of models, and decides on the way where
 * everything lies. Values of a tape that trains stay until its backward sweep; on others they are
 * given back after their last reader. A gradient lives from the first adjoint that adds to it until
 * its own operation's adjoint. Places do not depend on the number of models.
 */
final class Emission {
  private final Computation computation;
  private final List<Operation> operations;
  private final ResidentParameters parameters;
  private final long base;
  private final int models;
  private final Arena arena = new Arena();
  private final Map<Storage, Long> values = new HashMap<>();
  private final Map<Storage, Long> gradients = new HashMap<>();
  private final IdentityHashMap<Operation, Long> kept = new IdentityHashMap<>();
  private final Map<List<Integer>, Long> constants = new LinkedHashMap<>();
  private final List<Long> scratch = new ArrayList<>();
  private final ComposedMaps composed;
  private final long seed;
  private Instructions to = new Instructions();

  /**
   * @param operations of the computation, in the device's terms
   * @param base where the memory begins; 0 to learn how much is needed
   * @param models of a pass, at most the capacity
   */
  Emission(
      Computation computation,
      List<Operation> operations,
      ResidentParameters parameters,
      long base,
      int models) {
    this.computation = computation;
    this.operations = operations;
    this.parameters = parameters;
    this.base = base;
    this.models = models;
    this.seed = take(Long.BYTES);
    for (Operation operation : operations) {
      if (operation instanceof TableLookup lookup) {
        declare(lookup.types());
      } else if (operation instanceof RowSelection selection) {
        declare(selection.chosen());
        declare(selection.places());
      }
    }
    for (Storage held : computation.held()) {
      values.put(held, take(bytes(held.sizePerModel())));
    }
    for (Storage output : computation.outputs()) {
      if (output.needsGradient()) {
        gradients.put(output, take(bytes(output.sizePerModel())));
      }
    }
    this.composed = new ComposedMaps(operations, this);
  }

  private void declare(List<Integer> numbers) {
    constants.computeIfAbsent(numbers, all -> take((long) Integer.BYTES * all.size()));
  }

  /** The forward pass. */
  List<Instruction> forward() {
    to = new Instructions();
    computation.inputs().stream().filter(Storage::shared).forEach(this::repeat);
    composed.forward();
    Map<Storage, Operation> lastReaders = new HashMap<>();
    operations.forEach(o -> o.inputs().forEach(x -> lastReaders.put(x.storage(), o)));
    for (Operation operation : operations) {
      values.computeIfAbsent(
          operation.output().storage(), storage -> take(bytes(storage.sizePerModel())));
      GpuOperations.forward(operation, this);
      endOperation();
      if (!training()) {
        for (Tensor input : operation.inputs()) {
          giveBackAfter(operation, input.storage(), lastReaders);
        }
      }
    }
    return to.list();
  }

  /** Copies a shared input, which the host wrote for the first model, to the others. */
  private void repeat(Storage input) {
    if (models > 1) {
      int size = input.sizePerModel();
      long first = values.get(input);
      Strided others = Strided.of(Strided.at(first, size), 0, 0, size, 1);
      Extent n = Extent.of(1, 1, models - 1, size);
      to.sum(n, others, 0, 1f, Strided.of(first, 0, 0, 0, 1));
    }
  }

  private void giveBackAfter(
      Operation operation, Storage storage, Map<Storage, Operation> lastReaders) {
    boolean last = lastReaders.get(storage) == operation && values.containsKey(storage);
    if (last && !computation.held().contains(storage)) {
      arena.giveBack(values.remove(storage) - base);
    }
  }

  /** The backward sweep, after {@link #forward}. */
  List<Instruction> backward() {
    to = new Instructions();
    composed.clearGradients();
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      Storage output = operation.output().storage();
      if (gradients.containsKey(output)) {
        GpuOperations.adjoint(operation, this);
        endOperation();
        if (!computation.outputs().contains(output)
            && !computation.differentiable().contains(output)) {
          arena.giveBack(gradients.remove(output) - base);
        }
      }
    }
    composed.adjoint();
    return to.list();
  }

  private void endOperation() {
    scratch.forEach(address -> arena.giveBack(address - base));
    scratch.clear();
  }

  /** Bytes that the memory must have. */
  long size() {
    return arena.size();
  }

  /** Whole numbers that the instructions read, and where they are to lie. */
  Map<List<Integer>, Long> constants() {
    return constants;
  }

  /** Where the pass's dropout seed lies. */
  long seed() {
    return seed;
  }

  /** Models of the pass. */
  int models() {
    return models;
  }

  boolean training() {
    return computation.mode() == Tape.Mode.TRAINING;
  }

  /** What adds instructions. */
  Instructions to() {
    return to;
  }

  /** Where a tensor's values lie. */
  long values(Tensor tensor) {
    return values.get(tensor.storage());
  }

  /** Where the values of an input or output lie. */
  long values(Storage storage) {
    return values.get(storage);
  }

  /** Where the gradient of an output of an operation lies, when its adjoint runs. */
  long gradient(Tensor output) {
    return gradients.get(output.storage());
  }

  /** Where the gradient of an input or output lies after the sweep; 0 if nothing led there. */
  long gradientOrNone(Storage storage) {
    return gradients.getOrDefault(storage, 0L);
  }

  /** Where whole numbers lie. */
  long constants(List<Integer> numbers) {
    return constants.get(numbers);
  }

  /** The address of a number of the flat parameters. */
  long parameter(int offset) {
    return Strided.at(parameters.values(), offset);
  }

  long parameter(Parameter parameter) {
    return parameter(parameter.offset());
  }

  /** The address of its gradient, which is added to. */
  long parameterGradient(int offset) {
    return Strided.at(parameters.gradients(), offset);
  }

  long parameterGradient(Parameter parameter) {
    return parameterGradient(parameter.offset());
  }

  /** The map of a linear operation. */
  DeviceMap map(io.gradzoo.engine.tensor.RowMap map) {
    return composed.map(map);
  }

  /**
   * An adjoint's share of a gradient.
   *
   * @param add 1 to add to what is there, 0 to set it
   */
  record GradientShare(long address, int add) {
    float beta() {
      return add;
    }
  }

  /** For an adjoint that finds a share of all of a gradient: the first one sets it. */
  GradientShare share(Tensor x) {
    Long there = gradients.get(x.storage());
    return there != null
        ? new GradientShare(there, 1)
        : new GradientShare(takeGradient(x.storage()), 0);
  }

  /** For an adjoint that finds a share of some of a gradient, and adds to it. */
  long partOfGradient(Tensor x) {
    Long there = gradients.get(x.storage());
    if (there != null) {
      return there;
    }
    long address = takeGradient(x.storage());
    to.clear(address, (long) models * x.storage().sizePerModel());
    return address;
  }

  private long takeGradient(Storage storage) {
    long address = take(bytes(storage.sizePerModel()));
    gradients.put(storage, address);
    return address;
  }

  /** Memory of an operation from its forward pass to its adjoint, so many numbers of each model. */
  long keep(Operation operation, long numbersPerModel) {
    if (!training()) {
      return scratch(numbersPerModel);
    }
    long address = take(bytes(numbersPerModel));
    kept.put(operation, address);
    return address;
  }

  /** What {@link #keep} gave in the forward pass. */
  long kept(Operation operation) {
    return kept.get(operation);
  }

  /** Memory until the operation's instructions have run, so many numbers of each model. */
  long scratch(long numbersPerModel) {
    long address = take(bytes(numbersPerModel));
    scratch.add(address);
    return address;
  }

  /** Memory of so many bytes that is never given back, if taken before all passes. */
  long take(long bytes) {
    return base + arena.take(bytes);
  }

  /**
   * {@code dp[j] += factor · Σ a[r, j] ⊙ b[r, j]} over all rows r, for a parameter's gradient:
   * first for each model, then over them.
   *
   * @param rows of a model
   * @param factors a, and b or none, [models, rows, width]
   */
  void addColumnSums(int rows, int width, float factor, long dp, long... factors) {
    long sums = scratch(width);
    Strided[] views = new Strided[factors.length];
    for (int i = 0; i < views.length; i++) {
      views[i] = Strided.of(factors[i], (long) rows * width, 0, 1, width);
    }
    Extent n = new Extent(models, 1, width, rows, 1);
    to.reduce(n, Strided.of(sums, width, 0, 1, 0), 0, 1f, views);
    to.fold(models, width, width, sums, factor, dp);
  }

  private long bytes(long numbersPerModel) {
    return Float.BYTES * numbersPerModel * computation.capacity();
  }
}
