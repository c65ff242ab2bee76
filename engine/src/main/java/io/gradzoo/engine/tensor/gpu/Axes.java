package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridAxis;

/**
 * The numbers of a grid [models, first, second, width] and of what belongs to its lines or rows, as
 * steps along these four axes.
 *
 * @param grid of each model
 * @param models of a pass
 */
record Axes(Grid grid, int models) {

  Extent extent() {
    return Extent.of(models, grid.first(), grid.second(), grid.width());
  }

  /** [models, first, second, width]. */
  Strided cells(long address) {
    return Strided.of(address, cellsOfModel(), grid.slab(), grid.width(), 1);
  }

  /** What has a row for each of an axis, the same along the other one. */
  Strided along(GridAxis axis, long address) {
    return axis == GridAxis.FIRST
        ? Strided.of(address, (long) grid.first() * grid.width(), grid.width(), 0, 1)
        : Strided.of(address, grid.slab(), 0, grid.width(), 1);
  }

  /** What has one row for each model. */
  Strided everywhere(long address) {
    return Strided.of(address, grid.width(), 0, 0, 1);
  }

  /**
   * The axes of a sum along one axis of the grid: models, the other axis, width; the summed one.
   */
  Extent reduction(GridAxis summed) {
    return summed == GridAxis.FIRST
        ? new Extent(models, grid.second(), grid.width(), grid.first(), 1)
        : new Extent(models, grid.first(), grid.width(), grid.second(), 1);
  }

  /** The cells along the axes of {@link #reduction}. */
  Strided cellsOf(GridAxis summed, long address) {
    return summed == GridAxis.FIRST
        ? Strided.of(address, cellsOfModel(), grid.width(), 1, grid.slab())
        : Strided.of(address, cellsOfModel(), grid.slab(), 1, grid.width());
  }

  /** The results along the axes of {@link #reduction}. */
  Strided sumsOf(GridAxis summed, long address) {
    int rows = summed == GridAxis.FIRST ? grid.second() : grid.first();
    return Strided.of(address, (long) rows * grid.width(), grid.width(), 1, 0);
  }

  private long cellsOfModel() {
    return (long) grid.rows() * grid.width();
  }
}
