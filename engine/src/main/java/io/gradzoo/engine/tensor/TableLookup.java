package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * Rows of a parameter table, one for each row of a model: the embedding itself, or combined with x.
 *
 * @param table [types, width]
 * @param types for each row of a model the row of the table
 * @param combination what becomes of the two
 * @param inputs x [rows, width], or none
 * @param output [rows, width]
 */
public record TableLookup(
    Parameter table,
    List<Integer> types,
    Combination combination,
    List<Tensor> inputs,
    Tensor output)
    implements Operation {

  /** How the looked-up row t and the row x are combined. */
  public enum Combination {
    /** {@code y = t}. */
    ALONE,
    /** {@code y = x + t}. */
    SUM,
    /** {@code y = x ⊙ t}. */
    PRODUCT
  }
}
