package io.gradzoo.engine.metanet;

import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * A metanetwork's computation on a tape that is not yet sealed, so that others can go on from its
 * results.
 *
 * @param writer copies an example into the tape's inputs
 * @param reader copies an example's gradient out of them, or null if none is wanted
 * @param outputs the results
 * @param places which parameter each number of the results stands for, or null if they are none
 */
public record Recording(
    Program.ExampleWriter writer,
    Program.GradientReader reader,
    List<Tensor> outputs,
    ParameterPlaces places) {

  /** A computation whose results stand for no parameters. */
  public Recording(
      Program.ExampleWriter writer, Program.GradientReader reader, List<Tensor> outputs) {
    this(writer, reader, outputs, null);
  }

  /** A computation that is not differentiated by its examples. */
  public Recording(Program.ExampleWriter writer, List<Tensor> outputs) {
    this(writer, null, outputs);
  }

  /** The program of this computation alone. */
  public Program program(Tape tape) {
    return new Program(tape, this);
  }

  /** The same, with what the numbers of its results stand for. */
  public Recording standingFor(ParameterPlaces parameters) {
    return new Recording(writer, reader, outputs, parameters);
  }
}
