package io.gradzoo.engine.tensor.gpu;

import java.util.List;

/** One step of what an {@link Accelerator} runs. */
public sealed interface Instruction {

  /**
   * A kernel on many threads.
   *
   * @param kernel its name in the sources
   * @param blocks groups of threads
   * @param threads of a block, a multiple of 32
   * @param arguments in the order of the kernel's parameters: {@code Long} for addresses and whole
   *     numbers of 64 bits, {@code Integer}, {@code Float}, {@code Double}, {@link Strided}, {@link
   *     Extent}, and what else {@code NativeArguments} knows
   */
  record KernelLaunch(String kernel, int blocks, int threads, List<Object> arguments)
      implements Instruction {}

  /**
   * {@code C = alpha · op(A) · op(B) + beta · C}, row-major: op(A) [m, k], op(B) [k, n], C [m, n].
   *
   * @param a A, or Aᵀ where it is stored so
   * @param beta 0 if C is set, and holds nothing yet; 1 if it is added to
   * @param c where C begins
   * @param ldc distance between rows of C
   */
  record MatrixProduct(
      int m, int n, int k, float alpha, Factor a, Factor b, float beta, long c, int ldc)
      implements Instruction {}

  /**
   * The same product many times, of factors and results at regular distances.
   *
   * @param first the first of them
   * @param count how many there are
   * @param stepA from one A to the next, in numbers; 0 for one A in all of them
   * @param stepB the same of B
   * @param stepC of C
   */
  record BatchedProduct(MatrixProduct first, int count, long stepA, long stepB, long stepC)
      implements Instruction {}

  /**
   * Zeros.
   *
   * @param count of numbers
   */
  record Clearing(long address, long count) implements Instruction {}

  /**
   * The same numbers in another place.
   *
   * @param from where they are
   * @param to where they go
   * @param count of numbers
   */
  record Copying(long from, long to, long count) implements Instruction {}

  /**
   * A factor of a {@link MatrixProduct}.
   *
   * @param address where it begins
   * @param stride distance between its rows as they are stored
   * @param transposed whether what is stored is the transpose of the factor
   */
  record Factor(long address, int stride, boolean transposed) {
    static Factor plain(long address, int stride) {
      return new Factor(address, stride, false);
    }

    static Factor transpose(long address, int stride) {
      return new Factor(address, stride, true);
    }
  }
}
