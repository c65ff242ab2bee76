package io.gradzoo.engine.tensor;

/** The map of a {@link Linear}: what its parameters say, or two of them in a row. */
public sealed interface RowMap permits AffineMap, ComposedMap {

  /** Width of what it maps. */
  int in();

  /** Width of its results. */
  int out();
}
