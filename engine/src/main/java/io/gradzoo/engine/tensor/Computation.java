package io.gradzoo.engine.tensor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sealed {@link Tape} computes, for a {@link Device} to run: operations that some output
 * depends on, in their cheapest known form.
 *
 * @param operations in an order in which they can be run
 * @param inputs what the caller writes before a forward pass; no operation's output
 * @param differentiable those of the inputs whose gradients are wanted
 * @param outputs what the caller reads after a forward pass, and where a backward sweep starts; it
 *     may be read by operations too, and may be an input
 * @param parameters what the operations read, and whose gradients they add to
 * @param capacity the most models of one pass
 * @param mode whether there are backward sweeps
 */
public record Computation(
    List<Operation> operations,
    Set<Storage> inputs,
    Set<Storage> differentiable,
    Set<Storage> outputs,
    Parameters parameters,
    int capacity,
    Tape.Mode mode) {

  /** Everything that the host holds arrays of: inputs, then outputs. */
  public Set<Storage> held() {
    Set<Storage> held = new LinkedHashSet<>(inputs);
    held.addAll(outputs);
    return held;
  }
}
