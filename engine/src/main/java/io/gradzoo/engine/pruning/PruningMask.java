package io.gradzoo.engine.pruning;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.Symmetry;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which parameters of a network stay; the others are 0.
 *
 * @param kept bit i is set if parameter i stays
 * @param count of parameters, biases included
 */
public record PruningMask(BitSet kept, int count) implements Serializable {

  public PruningMask {
    kept = (BitSet) kept.clone();
    if (kept.length() > count) {
      throw Fault.of("mask")
          .expected("%d parameters", count)
          .found("one kept at %d", kept.length() - 1)
          .exception();
    }
  }

  /**
   * Keeps the parameters with the largest scores of the whole network; of equal ones the first.
   *
   * @param scores of which the absolute value counts, [parameters]
   * @param sparsity share of the parameters that go, in [0, 1]
   */
  public static PruningMask ofLargest(float[] scores, double sparsity) {
    if (!(sparsity >= 0 && sparsity <= 1)) {
      throw Fault.of("sparsity").expected("a share in [0, 1]").found(sparsity).exception();
    }
    int stay = scores.length - (int) Math.round(sparsity * scores.length);
    BitSet kept = new BitSet(scores.length);
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(scores[i])))
        .limit(stay)
        .forEach(kept::set);
    return new PruningMask(kept, scores.length);
  }

  /** Reads {@link #bytes}. */
  public static PruningMask of(byte[] bytes, int count) {
    return new PruningMask(BitSet.valueOf(bytes), count);
  }

  /** One bit for each parameter, the first in the lowest bit of the first byte. */
  public byte[] bytes() {
    return Arrays.copyOf(kept.toByteArray(), (count + 7) / 8);
  }

  /** Share of the parameters that go. */
  public double sparsity() {
    return 1 - (double) kept.cardinality() / count;
  }

  /** Whether what goes is 0. */
  public boolean holds(float[] parameters) {
    return IntStream.range(0, count).allMatch(i -> kept.get(i) || parameters[i] == 0);
  }

  /** Sets what goes to 0, in place. */
  public void apply(float[] parameters) {
    for (int i = kept.nextClearBit(0); i < count; i = kept.nextClearBit(i + 1)) {
      parameters[i] = 0;
    }
  }

  /** The mask of the network that a group element makes of one with this mask. */
  public PruningMask moved(Symmetry by, LayeredArchitecture architecture) {
    float[] ones = new float[count];
    kept.stream().forEach(i -> ones[i] = 1);
    float[] moved = by.apply(architecture, ones);
    BitSet stay = new BitSet(count);
    IntStream.range(0, count).filter(i -> moved[i] != 0).forEach(stay::set);
    return new PruningMask(stay, count);
  }
}
