package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.model.SymmetryPromise.Expectation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How far a transformation moved a metanetwork's results, relative to the root mean square of the
 * unchanged results; of several numbers the one that moved furthest counts.
 *
 * @param change what was done
 * @param activation of the networks it was done to
 * @param elements how many changes were drawn
 * @param median of the relative differences
 * @param max of the relative differences; NaN if one was not finite
 */
record Measurement(Change change, String activation, int elements, double median, double max) {
  /** Largest relative difference that float32 rounding explains. */
  static final double BOUND = 1e-4;

  /**
   * Draws and measures changes.
   *
   * @param activation of the networks, for the table
   * @param members networks
   * @param elements changes of each network
   */
  static Measurement of(
      Change change,
      String activation,
      Subject subject,
      List<Member> members,
      int elements,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] differences = new double[members.size() * elements];
    double squares = 0;
    int at = 0;
    for (Member member : members) {
      Architecture architecture = member.architecture();
      float[] network = member.parameters();
      float[] before = subject.output(architecture, subject.read(architecture, network));
      squares += meanSquare(before);
      for (int i = 0; i < elements; i++) {
        ExampleParts changed =
            change.action().apply(subject, architecture, network, random.nextLong());
        differences[at++] = largestDifference(subject.output(architecture, changed), before);
      }
    }
    double scale = Math.sqrt(squares / members.size());
    for (int i = 0; i < differences.length; i++) {
      differences[i] /= scale == 0 ? 1 : scale;
    }
    Arrays.sort(differences); // NaN last
    return new Measurement(
        change,
        activation,
        differences.length,
        differences[differences.length / 2],
        differences[differences.length - 1]);
  }

  private static double meanSquare(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return sum / numbers.length;
  }

  private static double largestDifference(float[] numbers, float[] others) {
    double largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      largest = Math.max(largest, Math.abs((double) numbers[i] - others[i]));
    }
    return largest;
  }

  /** Whether the result moved although the change is a symmetry. */
  boolean violated() {
    return change.expectation() == Expectation.UNCHANGED && !(max <= BOUND);
  }

  /**
   * Whether a change that is no symmetry moved a result beyond rounding: then the check can fail.
   */
  boolean broke() {
    return change.expectation() == Expectation.CHANGED && !(max <= BOUND);
  }
}
