package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

final class ThreadPoolTest {
  @Test
  void partsRunSideBySideAndTheirResultsComeInOrder() {
    CyclicBarrier allAreHere = new CyclicBarrier(3);
    try (ThreadPool pool = new ThreadPool(3)) {
      for (int round = 0; round < 100; round++) {
        int base = round;
        List<Integer> results =
            pool.all(
                number -> {
                  meet(allAreHere);
                  return base + number;
                });

        assertThat(results).containsExactly(round, round + 1, round + 2);
      }
    }
  }

  @Test
  void aTaskThatFailsFailsTheCallAndThePoolGoesOn() {
    try (ThreadPool pool = new ThreadPool(2)) {
      for (int failing = 0; failing < 2; failing++) {
        int bad = failing;
        assertThatThrownBy(() -> pool.all(number -> 1 / (number - bad)))
            .isInstanceOf(IllegalStateException.class)
            .hasCauseInstanceOf(ArithmeticException.class);
      }
      assertThat(pool.all(number -> number)).containsExactly(0, 1);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
