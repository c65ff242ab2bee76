package io.gradzoo.engine.tensor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sealed {@link Tape} computes, for a {@link Device} to run: operations that some result
 * that is read depends on, in their cheapest known form.
 *
 * @param operations in an order in which they can be run
 * @param inputs what the caller writes before a forward pass; no operation's output
 * @param differentiable whose gradients are wanted: inputs, and results of operations; no outputs
 * @param outputs what the caller reads after a forward pass, and where a backward sweep starts; it
 *     may be read by operations too, and may be an input
 * @param watched what the caller reads after a forward pass beside the outputs
 * @param parameters what the operations read, and whose gradients they add to
 * @param capacity the most models of one pass
 * @param mode whether there are backward sweeps
 */
public record Computation(
    List<Operation> operations,
    Set<Storage> inputs,
    Set<Storage> differentiable,
    Set<Storage> outputs,
    Set<Storage> watched,
    Parameters parameters,
    int capacity,
    Tape.Mode mode) {

  /** Everything whose values the host holds: inputs, outputs, then what is watched. */
  public Set<Storage> held() {
    Set<Storage> held = new LinkedHashSet<>(inputs);
    held.addAll(outputs);
    held.addAll(watched);
    return held;
  }
}
