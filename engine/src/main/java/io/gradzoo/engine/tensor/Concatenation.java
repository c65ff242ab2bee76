package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = [x₁; x₂; …]}: the inputs side by side in each row.
 *
 * @param inputs each [rows, its width]
 * @param output [rows, sum of widths]
 */
public record Concatenation(List<Tensor> inputs, Tensor output) implements Operation {}
