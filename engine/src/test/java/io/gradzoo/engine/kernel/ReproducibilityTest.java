package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The same bits and no garbage, however often a kernel has run. */
class ReproducibilityTest {
  /** Times seven widths: each kernel runs some 10⁵ times. */
  private static final int RUNS = 15_000;

  private static final long PATIENCE_SECONDS = 60;

  private final KernelProbe probe = new KernelProbe(new VectorKernels());

  @Test
  void interpretedAndCompiledCodeGiveTheSameBits() {
    probe.run();
    float[] first = probe.results();
    for (int run = 1; run < RUNS; run++) {
      probe.run();
      if (Integer.bitCount(run) == 1 || run % 500 == 0) {
        assertThat(probe.results()).as("run %d", run).isEqualTo(first);
      }
    }
  }

  @Test
  void compiledKernelsAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    long allocated;
    do {
      allocated = threads.getCurrentThreadAllocatedBytes();
      for (int run = 0; run < 100; run++) {
        probe.run();
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    } while (allocated > 1000 && System.nanoTime() < deadline);
    assertThat(allocated)
        .as("bytes in a hundred runs; a vector that C2 could not keep in a register is 96")
        .isLessThanOrEqualTo(1000);
  }
}
