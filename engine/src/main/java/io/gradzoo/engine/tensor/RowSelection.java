package io.gradzoo.engine.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of every model in another order: {@code y[i] = x[chosen[i]]}. No row is chosen twice, so
 * that each has one gradient.
 *
 * @param chosen for each row of the result one of x
 * @param x [rows, width]
 * @param output [as many rows as are chosen, width]
 */
public record RowSelection(List<Integer> chosen, Tensor x, Tensor output) implements Operation {
  /** In place of a row: there is none. */
  public static final int NONE = -1;

  public RowSelection {
    chosen = List.copyOf(chosen);
  }

  /** For each row of x the row of the result that shows it, or {@link #NONE}. */
  public List<Integer> places() {
    Integer[] places = new Integer[x.rows()];
    Arrays.fill(places, NONE);
    for (int i = 0; i < chosen.size(); i++) {
      places[chosen.get(i)] = i;
    }
    return List.of(places);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
