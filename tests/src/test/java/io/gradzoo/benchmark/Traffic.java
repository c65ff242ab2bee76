package io.gradzoo.benchmark;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What an iteration read and wrote, reported as 10⁹ bytes per second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Traffic {
  private double bytes;

  /** Forgets the last iteration. */
  @Setup(Level.Iteration)
  public void reset() {
    bytes = 0;
  }

  /** 10⁹ bytes, an operand that is read and written counting twice. */
  public double gigabytes() {
    return bytes / 1e9;
  }

  void addOperands(int operands, int rows, int width) {
    bytes += (double) operands * rows * width * Float.BYTES;
  }
}
