package io.gradzoo.engine.tensor.gpu;

import java.util.ArrayList;
import java.util.List;

/** A list of instructions in the making; each method adds one, named after its kernel. */
final class Instructions {
  private static final int WARP = 32;
  private static final int THREADS = 256;

  /** {@code ATTENTION_WARPS} of the sources, which other kernels of whole rows keep to as well. */
  private static final int WARPS = 4;

  private final List<Instruction> list = new ArrayList<>();

  List<Instruction> list() {
    return List.copyOf(list);
  }

  /** A thread for each of so many numbers. */
  void launch(String kernel, int numbers, Object... arguments) {
    int blocks = (int) (((long) numbers + THREADS - 1) / THREADS);
    list.add(new Instruction.KernelLaunch(kernel, blocks, THREADS, List.of(arguments)));
  }

  /** A warp for each of so many rows. */
  void launchRows(String kernel, int rows, Object... arguments) {
    int blocks = (int) (((long) rows + WARPS - 1) / WARPS);
    list.add(new Instruction.KernelLaunch(kernel, blocks, WARPS * WARP, List.of(arguments)));
  }

  /** Blocks of 256 threads. */
  void launchBlocks(String kernel, int blocks, Object... arguments) {
    list.add(new Instruction.KernelLaunch(kernel, blocks, THREADS, List.of(arguments)));
  }

  void clear(long address, long count) {
    list.add(new Instruction.Clearing(address, count));
  }

  /** {@code y (+)= alpha · a + b + c + d} over the first four axes. */
  void sum(Extent n, Strided y, int add, float alpha, Strided... terms) {
    launchSum(n, y, add, 0, alpha, terms);
  }

  /** The ReLU of {@link #sum}. */
  void rectifiedSum(Extent n, Strided y, Strided... terms) {
    launchSum(n, y, 0, 1, 1f, terms);
  }

  private void launchSum(Extent n, Strided y, int add, int rectify, float alpha, Strided... terms) {
    Strided[] four = {Strided.NONE, Strided.NONE, Strided.NONE, Strided.NONE};
    System.arraycopy(terms, 0, four, 0, terms.length);
    int numbers = n.places(5);
    launch("sum", numbers, n, y, add, rectify, alpha, four[0], four[1], four[2], four[3]);
  }

  /** {@code y (+)= a ⊙ b} over the first four axes. */
  void product(Extent n, Strided y, int add, Strided a, Strided b) {
    launch("product", n.places(5), n, y, add, a, b);
  }

  /** {@code y (+)= factor · Σ a ⊙ b ⊙ c}, summed over the last two axes. */
  void reduce(Extent n, Strided y, int add, float factor, Strided... factors) {
    Strided[] three = {Strided.NONE, Strided.NONE, Strided.NONE};
    System.arraycopy(factors, 0, three, 0, factors.length);
    launch("reduce", n.places(3), n, y, add, factor, three[0], three[1], three[2]);
  }

  /** {@code y [width] += factor · Σ} over rows of x, whose rows begin so far apart. */
  void fold(int rows, int width, int stride, long x, float factor, long y) {
    int blocks = (width + WARP - 1) / WARP;
    list.add(
        new Instruction.KernelLaunch(
            "fold", blocks, THREADS, List.of(rows, width, stride, x, factor, y)));
  }

  /** {@code C = alpha · op(A) · op(B) + beta · C}. */
  void matrixProduct(
      int m,
      int n,
      int k,
      float alpha,
      Instruction.Factor a,
      Instruction.Factor b,
      float beta,
      long c,
      int ldc) {
    list.add(new Instruction.MatrixProduct(m, n, k, alpha, a, b, beta, c, ldc));
  }

  /** {@code C (+)= op(A) · op(B)}, so many times, with all numbers of a matrix together. */
  void products(
      int count, int m, int n, int k, Instruction.Factor a, Instruction.Factor b, int add, long c) {
    Instruction.MatrixProduct first = new Instruction.MatrixProduct(m, n, k, 1f, a, b, add, c, n);
    list.add(
        new Instruction.BatchedProduct(first, count, (long) m * k, (long) k * n, (long) m * n));
  }
}
