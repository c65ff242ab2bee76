package io.gradzoo.engine.tensor;

import java.util.List;

/** {@code y = x₁ + x₂ + …}, of one shape, added in the order given. */
public record Sum(List<Tensor> inputs, Tensor output) implements Operation {}
