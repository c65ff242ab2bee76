package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.RectifiedPairSum;
import io.gradzoo.engine.tensor.ReweightedMean;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/**
 * Operations on all pairs of two bands. Their axes are those of a pair (p of the first band, q of
 * the second), and the lines i.
 */
final class PairKernels {
  private PairKernels() {}

  /** The steps of the terms along (model, p, q, i), and which of them runs as the last axis. */
  private record Pairs(RectifiedPairSum of, Emission e) {

    Strided first(long address, int summed) {
      Band u = of.first();
      long line = (long) u.length() * width();
      return ordered(address, u.at(0), line * of.first().lines(), width(), 0, line, summed);
    }

    Strided second(long address, int summed) {
      Band v = of.second();
      long line = (long) v.length() * width();
      return ordered(address, v.at(0), line * of.second().lines(), 0, width(), line, summed);
    }

    Strided pairs(long address, int summed) {
      long row = (long) of.second().count() * width();
      return ordered(address, 0, of.first().count() * row, row, width(), 0, summed);
    }

    private Strided ordered(long address, long offset, long m, long p, long q, long i, int summed) {
      long base = Strided.at(address, offset);
      return switch (summed) {
        case 0 -> new Strided(base, m, i, q, 1, p);
        case 1 -> new Strided(base, m, i, p, 1, q);
        default -> new Strided(base, m, p, q, 1, i);
      };
    }

    Extent extent(int summed) {
      int p = of.first().count();
      int q = of.second().count();
      int i = of.first().lines();
      return switch (summed) {
        case 0 -> new Extent(e.models(), i, q, width(), p);
        case 1 -> new Extent(e.models(), i, p, width(), q);
        default -> new Extent(e.models(), p, q, width(), i);
      };
    }

    /** Adds up over p (0), q (1) or i (2); with a gradient, what the ReLU lets through of it. */
    void sum(int summed, Strided y, int add, long gradient) {
      Extent n = extent(summed);
      Strided u = first(e.values(of.first().x()), summed);
      Strided v = second(e.values(of.second().x()), summed);
      Strided t = of.pairs() == null ? Strided.NONE : pairs(e.values(of.pairs()), summed);
      Strided g = gradient == 0 ? Strided.NONE : pairs(gradient, summed);
      e.to().launch("rectifiedPairs", n.places(4), n, y, add, of.factor(), u, v, t, g);
    }

    private int width() {
      return of.output().width();
    }
  }

  static void forward(RectifiedPairSum of, Emission e) {
    Pairs pairs = new Pairs(of, e);
    pairs.sum(2, pairs.pairs(e.values(of.output()), 2), 0, 0);
  }

  static void adjoint(RectifiedPairSum of, Emission e) {
    Pairs pairs = new Pairs(of, e);
    long dy = e.gradient(of.output());
    if (of.first().x().needsGradient()) {
      pairs.sum(1, pairs.first(e.partOfGradient(of.first().x()), 1), 1, dy);
    }
    if (of.second().x().needsGradient()) {
      pairs.sum(0, pairs.second(e.partOfGradient(of.second().x()), 0), 1, dy);
    }
    if (of.pairs() != null && of.pairs().needsGradient()) {
      GradientShare share = e.share(of.pairs());
      pairs.sum(2, pairs.pairs(share.address(), 2), share.add(), dy);
    }
  }

  static void forward(ReweightedMean of, Emission e) {
    int lines = of.scores().rows();
    int p = of.upper().count();
    int q = of.lower().count();
    long weights = e.scratch(lines);
    int models = e.models();
    long scores = e.values(of.scores());
    e.to().launchRows("centre", models, models, lines, scores, 1f, weights, 0);
    Strided y = Strided.of(e.values(of.output()), (long) p * q, q, 1, 0);
    Strided w = Strided.of(weights, lines, 0, 0, 1);
    Strided u = Strided.of(first(of.upper(), e), perModel(of.upper()), 1, 0, of.upper().length());
    Strided v = Strided.of(first(of.lower(), e), perModel(of.lower()), 0, 1, of.lower().length());
    e.to().reduce(new Extent(models, p, q, lines, 1), y, 0, 1f, w, u, v);
  }

  static void adjoint(ReweightedMean of, Emission e) {
    if (!of.scores().needsGradient()) {
      return;
    }
    int lines = of.scores().rows();
    int p = of.upper().count();
    int q = of.lower().count();
    int models = e.models();
    long carried = e.scratch(lines);
    Strided to = Strided.of(carried, lines, 1, 0, 0);
    Strided dy = new Strided(e.gradient(of.output()), (long) p * q, 0, 0, q, 1);
    Band upper = of.upper();
    Band lower = of.lower();
    Strided u = new Strided(first(upper, e), perModel(upper), upper.length(), 0, 1, 0);
    Strided v = new Strided(first(lower, e), perModel(lower), lower.length(), 0, 0, 1);
    e.to().reduce(new Extent(models, lines, 1, p, q), to, 0, 1f, dy, u, v);
    GradientShare share = e.share(of.scores());
    e.to().launchRows("centre", models, models, lines, carried, 0f, share.address(), share.add());
  }

  private static long first(Band band, Emission e) {
    return Strided.at(e.values(band.x()), band.at(0));
  }

  private static long perModel(Band band) {
    return (long) band.x().rows() * band.x().width();
  }
}
