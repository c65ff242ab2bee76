package io.gradzoo.engine.agreement;

import java.util.List;

/**
 * The sizes of what devices are compared on: models with a grid of rows each.
 *
 * @param first lines of the grid
 * @param second rows of a line
 * @param width numbers of a row
 * @param models of a pass
 */
public record GridSizes(int first, int second, int width, int models) {

  /** Sizes that fill warps and blocks of a GPU, just miss them, or leave most of them idle. */
  public static List<GridSizes> odd() {
    return List.of(
        new GridSizes(1, 1, 1, 1),
        new GridSizes(3, 7, 1, 5),
        new GridSizes(2, 3, 33, 3),
        new GridSizes(5, 1, 64, 2),
        new GridSizes(1, 9, 31, 4),
        new GridSizes(4, 40, 8, 2));
  }

  /** Rows of a model. */
  int rows() {
    return first * second;
  }

  @Override
  public String toString() {
    return first + " x " + second + " x " + width + ", " + models + " models";
  }
}
