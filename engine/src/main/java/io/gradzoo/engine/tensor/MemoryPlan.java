package io.gradzoo.engine.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every storage of a tape its arrays, once. A gradient lives from the first adjoint that adds
 * to it until its own operation's adjoint has run, so gradients share buffers; on a tape without
 * gradients the values do too. What only one stage reads has room for one tile.
 */
final class MemoryPlan {
  private final List<Stage> stages;
  private final int capacity;
  private final Set<Storage> pinned;
  private final Buffers whole = new Buffers();
  private final Buffers tiles = new Buffers();
  private final Map<Storage, Operation> producers = new HashMap<>();
  private final Map<Storage, Operation> lastReaders = new HashMap<>();
  private final Map<Storage, Integer> reads = new HashMap<>();

  /** What is not written and read by the rows of one stage alone. */
  private final Set<Storage> leaving = new LinkedHashSet<>();

  /**
   * @param pinned storages whose arrays the caller reads or writes between sweeps: inputs and
   *     outputs
   */
  MemoryPlan(List<Stage> stages, int capacity, Set<Storage> pinned) {
    this.stages = stages;
    this.capacity = capacity;
    this.pinned = pinned;
    leaving.addAll(pinned);
    Map<Storage, Stage> writers = new HashMap<>();
    for (Stage stage : stages) {
      for (Operation operation : stage.operations()) {
        for (Tensor input : operation.inputs) {
          Storage storage = input.storage();
          lastReaders.put(storage, operation);
          reads.merge(storage, 1, Integer::sum);
          if (writers.get(storage) != stage) {
            leaving.add(storage);
          }
        }
        Storage output = operation.output.storage();
        producers.put(output, operation);
        writers.put(output, stage);
        if (!(operation instanceof RowOperation rows && rows.writesRows())) {
          leaving.add(output);
        }
      }
    }
  }

  /**
   * Values of a tape that has a backward sweep: each storage keeps its own, but where nobody reads
   * an operation's first input after it, or where it is cheaply computed again.
   */
  void keepValues() {
    allocatePinned();
    Set<Storage> held = new LinkedHashSet<>();
    for (Stage stage : stages) {
      Set<Storage> ofStage = new LinkedHashSet<>();
      for (Operation operation : stage.operations()) {
        Storage storage = operation.output.storage();
        boolean again = false;
        if (replacesFirstInput(operation, held)) {
          storage.values = operation.inputs.get(0).storage().values;
        } else if (!leaving.contains(storage) && ((RowOperation) operation).cheap()) {
          again = true;
          hold(stage, storage, ofStage);
        } else if (storage.values == null) {
          storage.values = new float[size(storage)];
        }
        if (operation instanceof RowOperation rows) {
          if (rows.workspace() != null) {
            again = true;
            hold(stage, rows.workspace(), ofStage);
          }
          if (again) {
            stage.recompute(rows);
          }
        }
      }
      ofStage.forEach(storage -> tiles.giveBack(storage.values));
      held.addAll(ofStage);
    }
  }

  private void hold(Stage stage, Storage storage, Set<Storage> held) {
    storage.values = tiles.take(stage.tileSize(storage, capacity));
    stage.holdValues(storage);
    held.add(storage);
  }

  private boolean replacesFirstInput(Operation operation, Set<Storage> held) {
    if (!operation.forwardInPlace() || pinned.contains(operation.output.storage())) {
      return false;
    }
    Storage first = operation.inputs.get(0).storage();
    return !pinned.contains(first)
        && !held.contains(first)
        && reads.get(first) == 1
        && !producers.get(first).readsOutput();
  }

  /**
   * Values of a tape that only runs forward: a buffer is taken over as soon as its last reader has
   * run.
   */
  void shareValues() {
    allocatePinned();
    for (Stage stage : stages) {
      List<float[]> read = new ArrayList<>();
      for (Operation operation : stage.operations()) {
        Storage output = operation.output.storage();
        if (!leaving.contains(output)) {
          output.values = tiles.take(stage.tileSize(output, capacity));
          stage.holdValues(output);
        } else if (output.values == null) {
          output.values = whole.take(size(output));
        }
        for (Storage input : storages(operation.inputs)) {
          if (lastReaders.get(input) == operation && !pinned.contains(input)) {
            if (leaving.contains(input)) {
              read.add(input.values);
            } else {
              tiles.giveBack(input.values);
            }
          }
        }
      }
      read.forEach(whole::giveBack);
    }
  }

  /** Gradients, for a sweep in reverse order. */
  void shareGradients() {
    for (Storage storage : pinned) {
      if (storage.needsGradient()) {
        storage.gradients = new float[size(storage)];
      }
    }
    Buffers gradients = new Buffers();
    for (int s = stages.size() - 1; s >= 0; s--) {
      Stage stage = stages.get(s);
      List<float[]> read = new ArrayList<>();
      for (int i = stage.operations().size() - 1; i >= 0; i--) {
        if (stage.operations().get(i).output.storage().gradients != null) {
          stage.reach(i);
          takeGradients(stage, i, gradients, read);
        }
      }
      read.forEach(whole::giveBack);
    }
  }

  /**
   * Gives the inputs of operation i of a stage their gradients, and takes the output's back.
   *
   * @param ofTiles buffers for gradients of one tile
   * @param read buffers that are free once all tiles are through
   */
  private void takeGradients(Stage stage, int i, Buffers ofTiles, List<float[]> read) {
    Operation operation = stage.operations().get(i);
    Storage output = operation.output.storage();
    boolean passedOn = false;
    for (int j = 0; j < operation.inputs.size(); j++) {
      Storage input = operation.inputs.get(j).storage();
      if (!input.needsGradient() || input.gradients != null) {
        continue;
      }
      boolean held = !leaving.contains(input);
      boolean here = false;
      if (operation.sets(j) && readsOnce(operation, input)) {
        operation.markFresh(j);
        boolean alike = held != leaving.contains(output);
        here = j == 0 && operation.inPlace() && !pinned.contains(output) && alike;
        passedOn |= here;
      } else if (held) {
        stage.clearInTile(i, input);
      } else {
        stage.clear(input);
      }
      if (held) {
        stage.holdGradients(input);
      }
      if (here) {
        input.gradients = output.gradients;
      } else {
        input.gradients =
            held ? ofTiles.take(stage.tileSize(input, capacity)) : whole.take(size(input));
      }
    }
    if (!passedOn && !leaving.contains(output)) {
      ofTiles.giveBack(output.gradients);
    } else if (!passedOn && !pinned.contains(output)) {
      read.add(output.gradients);
    }
  }

  private void allocatePinned() {
    for (Storage storage : pinned) {
      storage.values = new float[size(storage)];
    }
  }

  private int size(Storage storage) {
    return capacity * storage.sizePerModel();
  }

  private static boolean readsOnce(Operation operation, Storage storage) {
    return operation.inputs.stream().filter(input -> input.storage() == storage).count() == 1;
  }

  private static Set<Storage> storages(List<Tensor> tensors) {
    Set<Storage> storages = new LinkedHashSet<>();
    for (Tensor tensor : tensors) {
      storages.add(tensor.storage());
    }
    return storages;
  }
}
