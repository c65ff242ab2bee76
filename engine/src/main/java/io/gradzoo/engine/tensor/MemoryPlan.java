package io.gradzoo.engine.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every storage of a recorded tape its arrays, once. A gradient lives from the first adjoint
 * that adds to it until its own operation's adjoint has run, so gradients share buffers; on a tape
 * without gradients the values do too.
 */
final class MemoryPlan {
  private final int capacity;
  private final Set<Storage> pinned;
  private final Map<Integer, Deque<float[]>> free = new HashMap<>();

  /**
   * @param pinned storages whose arrays the caller reads or writes between sweeps: inputs and
   *     outputs
   */
  MemoryPlan(int capacity, Set<Storage> pinned) {
    this.capacity = capacity;
    this.pinned = pinned;
  }

  /**
   * Values of a tape that has a backward sweep: each storage keeps its own, but where nobody reads
   * an operation's first input after it.
   */
  void keepValues(List<Operation> operations) {
    for (Storage storage : pinned) {
      storage.values = new float[capacity * storage.sizePerModel()];
    }
    Map<Storage, Operation> producers = new HashMap<>();
    Map<Storage, Integer> reads = new HashMap<>();
    for (Operation operation : operations) {
      producers.put(operation.output.storage(), operation);
      operation.inputs.forEach(input -> reads.merge(input.storage(), 1, Integer::sum));
    }
    for (Operation operation : operations) {
      Storage storage = operation.output.storage();
      if (storage.values == null) {
        Storage first = operation.inputs.isEmpty() ? null : operation.inputs.get(0).storage();
        boolean free =
            operation.forwardInPlace()
                && !pinned.contains(first)
                && reads.get(first) == 1
                && !producers.get(first).readsOutput();
        storage.values = free ? first.values : new float[capacity * storage.sizePerModel()];
      }
    }
  }

  /**
   * Values of a tape that only runs forward: a buffer is taken over as soon as its last reader has
   * run.
   */
  void shareValues(List<Operation> operations) {
    for (Storage storage : pinned) {
      storage.values = new float[capacity * storage.sizePerModel()];
    }
    Map<Storage, Integer> lastReader = new HashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      for (Tensor input : operations.get(i).inputs) {
        lastReader.put(input.storage(), i);
      }
    }
    for (int i = 0; i < operations.size(); i++) {
      Storage written = operations.get(i).output.storage();
      if (written.values == null) {
        written.values = take(written);
      }
      for (Storage read : storages(operations.get(i).inputs)) {
        if (lastReader.get(read) == i && !pinned.contains(read)) {
          release(read.values);
        }
      }
    }
  }

  /**
   * Gradients, for a sweep in reverse order.
   *
   * @return for each operation the storages whose gradient it must find at zero, as it is the first
   *     to add to it; null for an operation that no output's gradient reaches
   */
  List<List<Storage>> shareGradients(List<Operation> operations) {
    List<List<Storage>> firstTouched = new ArrayList<>();
    for (Storage storage : pinned) {
      if (storage.needsGradient()) {
        storage.gradients = new float[capacity * storage.sizePerModel()];
      }
    }
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      Storage output = operation.output.storage();
      if (output.gradients == null) {
        firstTouched.add(0, null);
        continue;
      }
      firstTouched.add(0, takeGradients(operation));
    }
    return firstTouched;
  }

  /**
   * Gives the inputs of an operation their gradients, and takes the output's back.
   *
   * @return the storages to clear before the adjoint
   */
  private List<Storage> takeGradients(Operation operation) {
    Storage output = operation.output.storage();
    boolean passedOn = false;
    List<Storage> toClear = new ArrayList<>();
    for (int i = 0; i < operation.inputs.size(); i++) {
      Storage input = operation.inputs.get(i).storage();
      if (!input.needsGradient() || input.gradients != null) {
        continue;
      }
      if (operation.sets(i) && readsOnce(operation, input)) {
        operation.markFresh(i);
        passedOn |= i == 0 && operation.inPlace() && !pinned.contains(output);
      } else {
        toClear.add(input);
      }
      input.gradients = i == 0 && passedOn ? output.gradients : take(input);
    }
    if (!passedOn && !pinned.contains(output)) {
      release(output.gradients);
    }
    return toClear;
  }

  private static boolean readsOnce(Operation operation, Storage storage) {
    return operation.inputs.stream().filter(input -> input.storage() == storage).count() == 1;
  }

  private float[] take(Storage storage) {
    int size = capacity * storage.sizePerModel();
    Deque<float[]> buffers = free.get(size);
    return buffers == null || buffers.isEmpty() ? new float[size] : buffers.pop();
  }

  private void release(float[] buffer) {
    free.computeIfAbsent(buffer.length, size -> new ArrayDeque<>()).push(buffer);
  }

  private static Set<Storage> storages(List<Tensor> tensors) {
    Set<Storage> storages = new LinkedHashSet<>();
    for (Tensor tensor : tensors) {
      storages.add(tensor.storage());
    }
    return storages;
  }
}
