package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.AffineMap;
import io.gradzoo.engine.tensor.Parameters;

/**
 * A map, and the vector that its weight and bias lie in: the tape's parameters, or those that a
 * {@link Composition} keeps.
 */
record MapParameters(Parameters parameters, AffineMap map) {}
