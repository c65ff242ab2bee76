package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * The inputs one below the other in every line: {@code y[i] = [x₁[i]; x₂[i]; …]} for lines i.
 *
 * @param lines of every input
 * @param inputs each [lines · its rows of a line, width]
 * @param output [lines · sum of these, width]
 */
public record Stack(int lines, List<Tensor> inputs, Tensor output) implements Operation {}
