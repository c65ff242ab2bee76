package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = W [x₁; x₂; …] + factor · b}: an affine map of the inputs side by side, which are never
 * copied together.
 *
 * @param map of rows as wide as all inputs together
 * @param inputs each [rows, its width]
 * @param output [rows, out]
 */
public record Linear(RowMap map, List<Tensor> inputs, Tensor output) implements Operation {}
