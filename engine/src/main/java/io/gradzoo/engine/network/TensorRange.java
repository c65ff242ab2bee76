package io.gradzoo.engine.network;

/**
 * Where a tensor lies in a flat parameter vector.
 *
 * @param offset index of its first number
 * @param size count of its numbers
 */
public record TensorRange(int offset, int size) {}
