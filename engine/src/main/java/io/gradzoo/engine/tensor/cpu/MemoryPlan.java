package io.gradzoo.engine.tensor.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives all memory of a computation its arrays, once. A gradient lives from the first adjoint that
 * adds to it until its own operation's adjoint has run, so gradients share buffers; on a tape
 * without gradients the values do too. What only one stage reads has room for one tile.
 */
final class MemoryPlan {
  private final List<Stage> stages;
  private final int capacity;
  private final Set<Memory> pinned;
  private final Buffers whole = new Buffers();
  private final Buffers tiles = new Buffers();
  private final Map<Memory, CpuOperation> producers = new HashMap<>();
  private final Map<Memory, CpuOperation> lastReaders = new HashMap<>();
  private final Map<Memory, Integer> reads = new HashMap<>();

  /** What is not written and read by the rows of one stage alone. */
  private final Set<Memory> leaving = new LinkedHashSet<>();

  /**
   * @param pinned whose values or gradients the caller reads or writes between sweeps; those arrays
   *     are there already
   */
  MemoryPlan(List<Stage> stages, int capacity, List<Memory> pinned) {
    this.stages = stages;
    this.capacity = capacity;
    this.pinned = Set.copyOf(pinned);
    leaving.addAll(pinned);
    Map<Memory, Stage> writers = new HashMap<>();
    for (Stage stage : stages) {
      for (CpuOperation operation : stage.operations()) {
        for (Operand input : operation.inputs) {
          Memory memory = input.memory();
          lastReaders.put(memory, operation);
          reads.merge(memory, 1, Integer::sum);
          if (writers.get(memory) != stage) {
            leaving.add(memory);
          }
        }
        Memory output = operation.output.memory();
        producers.put(output, operation);
        writers.put(output, stage);
        if (!(operation instanceof CpuRowOperation rows && rows.writesRows())) {
          leaving.add(output);
        }
      }
    }
  }

  /**
   * Values of a tape that has a backward sweep: each keeps its own, but where nobody reads an
   * operation's first input after it, or where it is cheaply computed again.
   */
  void keepValues() {
    Set<Memory> held = new LinkedHashSet<>();
    for (Stage stage : stages) {
      Set<Memory> ofStage = new LinkedHashSet<>();
      boolean small = stage.small(capacity);
      for (int i = 0; i < stage.operations().size(); i++) {
        CpuOperation operation = stage.operations().get(i);
        Memory memory = operation.output.memory();
        boolean again = false;
        if (replacesFirstInput(operation, held)) {
          memory.values = operation.inputs.get(0).memory().values;
        } else if (!small && !leaving.contains(memory) && ((CpuRowOperation) operation).cheap()) {
          again = true;
          hold(stage, memory, ofStage);
        } else if (memory.values == null) {
          memory.values = new float[size(memory)];
        }
        if (operation instanceof CpuRowOperation rows) {
          if (rows.workspace() != null && small) {
            rows.workspace().values = new float[size(rows.workspace())];
            stage.fillWorkspace(i);
          } else if (rows.workspace() != null) {
            again = true;
            hold(stage, rows.workspace(), ofStage);
          }
          if (again) {
            stage.recompute(rows);
          }
        }
      }
      ofStage.forEach(memory -> tiles.giveBack(memory.values));
      held.addAll(ofStage);
    }
  }

  private void hold(Stage stage, Memory memory, Set<Memory> held) {
    memory.values = tiles.take(stage.tileSize(memory, capacity));
    stage.holdValues(memory);
    held.add(memory);
  }

  private boolean replacesFirstInput(CpuOperation operation, Set<Memory> held) {
    if (!operation.forwardInPlace() || pinned.contains(operation.output.memory())) {
      return false;
    }
    Memory first = operation.inputs.get(0).memory();
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
    for (Stage stage : stages) {
      List<float[]> read = new ArrayList<>();
      for (CpuOperation operation : stage.operations()) {
        Memory output = operation.output.memory();
        if (!leaving.contains(output)) {
          output.values = tiles.take(stage.tileSize(output, capacity));
          stage.holdValues(output);
        } else if (output.values == null) {
          output.values = whole.take(size(output));
        }
        for (Memory input : memories(operation.inputs)) {
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
    Buffers gradients = new Buffers();
    for (int s = stages.size() - 1; s >= 0; s--) {
      Stage stage = stages.get(s);
      List<float[]> read = new ArrayList<>();
      for (int i = stage.operations().size() - 1; i >= 0; i--) {
        if (stage.operations().get(i).output.memory().gradients != null) {
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
    CpuOperation operation = stage.operations().get(i);
    Memory output = operation.output.memory();
    boolean passedOn = false;
    for (int j = 0; j < operation.inputs.size(); j++) {
      Memory input = operation.inputs.get(j).memory();
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

  private int size(Memory memory) {
    return capacity * memory.sizePerModel();
  }

  private static boolean readsOnce(CpuOperation operation, Memory memory) {
    return operation.inputs.stream().filter(input -> input.memory() == memory).count() == 1;
  }

  private static Set<Memory> memories(List<Operand> tensors) {
    Set<Memory> memories = new LinkedHashSet<>();
    for (Operand tensor : tensors) {
      memories.add(tensor.memory());
    }
    return memories;
  }
}
