package io.gradzoo.engine.tensor.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Operations that are run together, a tile of rows after the other, so that what one of them writes
 * is still in the cache when the next one reads it; backwards too. What only they read is held for
 * one tile, and computed again for the adjoint where that is cheap; not in a {@link #small} stage,
 * where everything is kept.
 *
 * <p>An operation that cannot be taken apart is a stage of its own.
 */
final class Stage {
  /**
   * Numbers of a tensor in a tile, 96 KiB: an adjoint has a dozen of them and some weights at hand,
   * for which a second-level cache of 2 MiB is enough. At a width of 128 that is whole blocks of 6
   * rows.
   */
  private static final int TILE = 192 * 128;

  private final List<CpuOperation> operations;
  private final int height;
  private final int line;
  private final int width;
  private final List<Memory> heldValues = new ArrayList<>();
  private final List<Memory> heldGradients = new ArrayList<>();
  private final List<CpuRowOperation> recomputed = new ArrayList<>();
  private final boolean[] forAdjoint;
  private final List<Memory> toClear = new ArrayList<>();
  private final List<List<Memory>> toClearInTile = new ArrayList<>();
  private final boolean[] reached;

  /** An operation by itself. */
  Stage(CpuOperation operation) {
    this(List.of(operation), 0, 0);
  }

  /** Row operations over the same rows of a model, in order. */
  static Stage ofRows(List<CpuRowOperation> operations) {
    int line = operations.stream().mapToInt(CpuRowOperation::line).max().orElseThrow();
    return new Stage(List.copyOf(operations), operations.get(0).height(), line);
  }

  private Stage(List<CpuOperation> operations, int height, int line) {
    this.operations = operations;
    this.height = height;
    this.line = line;
    this.width = operations.stream().mapToInt(o -> o.output.width()).max().orElseThrow();
    this.forAdjoint = new boolean[operations.size()];
    this.reached = new boolean[operations.size()];
    operations.forEach(operation -> toClearInTile.add(new ArrayList<>()));
  }

  List<CpuOperation> operations() {
    return operations;
  }

  /** Whether it goes tile by tile. */
  boolean tiled() {
    return height > 0;
  }

  /** Whether all its rows fit one tile, even of the most models: nothing is gained by holding. */
  boolean small(int capacity) {
    return tiled() && capacity * height * width <= TILE;
  }

  /** Numbers of a tile of some memory of this stage's rows, at most. */
  int tileSize(Memory memory, int capacity) {
    return tileRows(capacity) * perRow(memory);
  }

  /** Has the values of a memory held for one tile at a time. */
  void holdValues(Memory memory) {
    heldValues.add(memory);
  }

  /** Has the gradients of a memory held for one tile at a time. */
  void holdGradients(Memory memory) {
    heldGradients.add(memory);
  }

  /** Has an operation computed again before its adjoint. */
  void recompute(CpuRowOperation operation) {
    recomputed.add(operation);
  }

  /** Has operation i fill its workspace on the way forward. */
  void fillWorkspace(int i) {
    forAdjoint[i] = true;
  }

  /** Has the adjoint of operation i run. */
  void reach(int i) {
    reached[i] = true;
  }

  /** Has the gradient of a memory set to zero before all adjoints. */
  void clear(Memory memory) {
    toClear.add(memory);
  }

  /** Has the gradient of a memory set to zero for each tile, before the adjoint of operation i. */
  void clearInTile(int i, Memory memory) {
    toClearInTile.get(i).add(memory);
  }

  /** Computes the outputs of the first {@code models} models. */
  void forward(int models) {
    if (!tiled()) {
      operations.get(0).forward(models);
      return;
    }
    int total = models * height;
    int tile = tileRows(models);
    for (int from = 0; from < total; from += tile) {
      moveTo(from);
      int rows = Math.min(tile, total - from);
      for (int i = 0; i < operations.size(); i++) {
        CpuRowOperation operation = (CpuRowOperation) operations.get(i);
        if (forAdjoint[i]) {
          operation.forwardRowsForAdjoint(from, rows);
        } else {
          operation.forwardRows(from, rows);
        }
      }
    }
  }

  /** Carries the outputs' gradients to the inputs and parameters. */
  void adjoint(int models) {
    for (int i = 0; i < toClear.size(); i++) {
      Memory memory = toClear.get(i);
      Arrays.fill(memory.gradients, 0, models * memory.sizePerModel(), 0f);
    }
    if (!tiled()) {
      if (reached[0]) {
        operations.get(0).adjoint(models);
      }
      return;
    }
    int total = models * height;
    int tile = tileRows(models);
    for (int from = 0; from < total; from += tile) {
      moveTo(from);
      adjointTile(from, Math.min(tile, total - from));
    }
  }

  private void adjointTile(int from, int rows) {
    for (int i = 0; i < recomputed.size(); i++) {
      recomputed.get(i).recomputeRows(from, rows);
    }
    for (int i = operations.size() - 1; i >= 0; i--) {
      if (reached[i]) {
        List<Memory> cleared = toClearInTile.get(i);
        for (int j = 0; j < cleared.size(); j++) {
          Arrays.fill(cleared.get(j).gradients, 0, rows * perRow(cleared.get(j)), 0f);
        }
        ((CpuRowOperation) operations.get(i)).adjointRows(from, rows);
      }
    }
  }

  private void moveTo(int row) {
    for (int i = 0; i < heldValues.size(); i++) {
      heldValues.get(i).firstValue = row * perRow(heldValues.get(i));
    }
    for (int i = 0; i < heldGradients.size(); i++) {
      heldGradients.get(i).firstGradient = row * perRow(heldGradients.get(i));
    }
  }

  private int perRow(Memory memory) {
    return memory.sizePerModel() / height;
  }

  /** Rows of a tile: whole lines. */
  private int tileRows(int models) {
    int lines = models * height / line;
    return Math.min(lines, Math.max(1, TILE / (width * line))) * line;
  }
}
