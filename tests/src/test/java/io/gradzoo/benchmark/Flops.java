package io.gradzoo.benchmark;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Arithmetic done in an iteration, reported as 10⁹ operations per second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Flops {
  private double done;

  /** Forgets the last iteration. */
  @Setup(Level.Iteration)
  public void reset() {
    done = 0;
  }

  /** 10⁹ additions and multiplications. */
  public double gflops() {
    return done / 1e9;
  }

  /** A product of [rows, depth] and [depth, width]. */
  void addProduct(int rows, int width, int depth) {
    done += 2.0 * rows * width * depth;
  }
}
