package io.gradzoo.engine.tensor;

/**
 * An axis of a grid of rows [first · second]; for edges the sources come first, the targets second.
 */
public enum GridAxis {
  FIRST,
  SECOND
}
