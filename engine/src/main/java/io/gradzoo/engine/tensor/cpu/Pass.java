package io.gradzoo.engine.tensor.cpu;

/** What differs from one forward pass to the next, for the operations that ask. */
final class Pass {
  int models;
  long dropoutSeed;
}
