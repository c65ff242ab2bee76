package io.gradzoo.engine.tensor.cpu;

/** State of one forward pass, for the operations that depend on it. */
final class Pass {
  int models;
  long dropoutSeed;
}
