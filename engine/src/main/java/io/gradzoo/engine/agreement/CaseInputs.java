package io.gradzoo.engine.agreement;

import io.gradzoo.engine.tensor.AttentionParameters;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * What a recording may use: three inputs and a parameter of every shape that operations want.
 *
 * @param x [first · second, width]
 * @param u [first, width]
 * @param v [second, width]
 */
record CaseInputs(GridSizes sizes, CaseParameters of, Tensor x, Tensor u, Tensor v) {

  /** The parameters. */
  record CaseParameters(
      Parameter square,
      Parameter wide,
      Parameter bias,
      Parameter gain,
      Parameter shift,
      Parameter table,
      Parameter number,
      AttentionParameters attention) {
    /** Rows of the table. */
    static final int TYPES = 4;

    private static final int HEADS = 2;

    static CaseParameters add(ParameterLayout layout, int width) {
      return new CaseParameters(
          layout.add("square", Initialization.linear(width), width, width),
          layout.add("wide", Initialization.linear(2 * width), width, 2 * width),
          layout.add("bias", Initialization.normal(), width),
          layout.add("gain", Initialization.constant(1f), width),
          layout.add("shift", Initialization.constant(0f), width),
          layout.add("table", Initialization.normal(), TYPES, width),
          layout.add("number", Initialization.constant(0.7f)),
          new AttentionParameters(
              layout.add("query", Initialization.linear(width), HEADS, width, width),
              layout.add("key", Initialization.linear(width), HEADS, width, width),
              layout.add("value", Initialization.linear(width), HEADS, width, width),
              layout.add("output", Initialization.linear(width), width, HEADS * width)));
    }
  }

  static CaseInputs declare(Tape tape, GridSizes sizes, CaseParameters of) {
    return new CaseInputs(
        sizes,
        of,
        tape.differentiableInput(sizes.rows(), sizes.width()),
        tape.differentiableInput(sizes.first(), sizes.width()),
        tape.differentiableInput(sizes.second(), sizes.width()));
  }

  List<Tensor> all() {
    return List.of(x, u, v);
  }
}
