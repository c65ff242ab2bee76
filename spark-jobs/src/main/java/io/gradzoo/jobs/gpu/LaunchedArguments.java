package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.tensor.gpu.AttentionSequences;
import io.gradzoo.engine.tensor.gpu.Extent;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import io.gradzoo.engine.tensor.gpu.PatchWindow;
import io.gradzoo.engine.tensor.gpu.Strided;
import java.util.List;

/** The arguments of a launch, by their places in the kernel's list of parameters. */
record LaunchedArguments(List<Object> all) {
  static LaunchedArguments of(KernelLaunch launch) {
    return new LaunchedArguments(launch.arguments());
  }

  /** A whole number. */
  double number(int place) {
    return (Integer) all.get(place);
  }

  /** 1 for memory that is there, 0 for what is left out. */
  double given(int place) {
    return all.get(place) instanceof Long address && address != 0 ? 1 : 0;
  }

  /** How often a result is touched: written, and read before where it is added to. */
  double written(int add) {
    return 1 + number(add);
  }

  /**
   * Different numbers of all operands that are seen through strides, the result among them as often
   * as it is touched. The first argument is the extent, the second the result, the third whether it
   * is added to.
   */
  double strided() {
    Extent n = (Extent) all.get(0);
    double numbers = written(2) * numbers(n, (Strided) all.get(1));
    for (Object argument : all.subList(3, all.size())) {
      if (argument instanceof Strided operand && operand.base() != 0) {
        numbers += numbers(n, operand);
      }
    }
    return numbers;
  }

  /** A distance of 0 shows the same numbers again. */
  private static double numbers(Extent n, Strided operand) {
    return length(n.n0(), operand.s0())
        * length(n.n1(), operand.s1())
        * length(n.n2(), operand.s2())
        * length(n.n3(), operand.s3())
        * length(n.n4(), operand.s4());
  }

  private static double length(int places, long distance) {
    return distance == 0 ? 1 : places;
  }

  /** Rows of all heads of attention, whose sequences are the first argument. */
  double attentionRows() {
    AttentionSequences of = (AttentionSequences) all.get(0);
    return (double) of.count() * of.n() * of.heads();
  }

  /** Numbers of such a row. */
  double attentionWidth() {
    return ((AttentionSequences) all.get(0)).width();
  }

  /** How many numbers of patches there are for each number of the maps; the window comes second. */
  double patchesOfNumber() {
    PatchWindow w = (PatchWindow) all.get(1);
    int down = (w.height() + 2 * w.padding() - w.side()) / w.stride() + 1;
    int across = (w.width() + 2 * w.padding() - w.side()) / w.stride() + 1;
    return (double) down * across * w.side() * w.side() / (w.height() * w.width());
  }
}
