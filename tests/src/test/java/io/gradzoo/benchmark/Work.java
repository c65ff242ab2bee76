package io.gradzoo.benchmark;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Work done in an iteration; JMH divides it by the seconds. Reported in 10⁹ per second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
  private static final double GIGA = 1e9;

  private double operations;
  private double bytes;

  /** Forgets the last iteration. */
  @Setup(Level.Iteration)
  public void reset() {
    operations = 0;
    bytes = 0;
  }

  /** 10⁹ additions and multiplications. */
  public double gflops() {
    return operations / GIGA;
  }

  /** 10⁹ bytes read and written, each array counted once. */
  public double gigabytes() {
    return bytes / GIGA;
  }

  void addOperations(double done) {
    operations += done;
  }

  void addFloats(double moved) {
    bytes += moved * Float.BYTES;
  }
}
