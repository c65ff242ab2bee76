package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.AffineMap;
import io.gradzoo.engine.tensor.ComposedMap;
import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.RowMap;
import io.gradzoo.engine.tensor.Storage;
import io.gradzoo.engine.tensor.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The context that the operations of one computation share. */
final class CpuContext {
  private final Kernels kernels;
  private final Computation computation;
  private final Pass pass = new Pass();
  private final Map<Storage, Memory> memories = new HashMap<>();
  private final Map<ComposedMap, Composition> compositions = new LinkedHashMap<>();

  CpuContext(Kernels kernels, Computation computation) {
    this.kernels = kernels;
    this.computation = computation;
  }

  Kernels kernels() {
    return kernels;
  }

  Parameters parameters() {
    return computation.parameters();
  }

  /** The most models of one pass. */
  int capacity() {
    return computation.capacity();
  }

  /** The pass that is running. */
  Pass pass() {
    return pass;
  }

  /** A tensor with its memory, which the {@link MemoryPlan} is still to fill. */
  Operand operand(Tensor tensor) {
    return new Operand(tensor, memory(tensor.storage()));
  }

  /** As {@link #operand}; null for null. */
  Operand operandOrNull(Tensor tensor) {
    return tensor == null ? null : operand(tensor);
  }

  /** Where the numbers of a map lie; equal composed maps are composed once. */
  MapParameters parametersOf(RowMap map) {
    return map instanceof ComposedMap composed
        ? compositions
            .computeIfAbsent(composed, c -> new Composition(kernels, parameters(), c))
            .result()
        : new MapParameters(parameters(), (AffineMap) map);
  }

  /** The compositions in use, to be brought up to date before a pass. */
  Collection<Composition> compositions() {
    return compositions.values();
  }

  /** The inputs that are the same for all models. */
  List<SharedInput> sharedInputs() {
    return computation.inputs().stream()
        .filter(Storage::shared)
        .map(input -> new SharedInput(input, memory(input)))
        .toList();
  }

  /** The memory of some storages. */
  List<Memory> memories(Collection<Storage> storages) {
    return storages.stream().map(this::memory).toList();
  }

  private Memory memory(Storage storage) {
    return memories.computeIfAbsent(storage, of -> new Memory(of, capacity()));
  }
}
