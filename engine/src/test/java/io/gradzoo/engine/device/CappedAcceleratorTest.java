package io.gradzoo.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import org.junit.jupiter.api.Test;

class CappedAcceleratorTest {
  private static final int MEBIBYTE = 1 << 20;

  private final Accelerator capped = new CappedAccelerator(EmulatedGpu.accelerator(), 4 * MEBIBYTE);

  @Test
  void whatIsInUseCountsTogether() {
    Accelerator.DeviceMemory kept = capped.allocate(3 * MEBIBYTE);

    assertThatThrownBy(() -> capped.allocate(2 * MEBIBYTE))
        .isInstanceOf(DeviceMemoryException.class)
        .hasMessage(
            "GPU: emulated: expected 2 MiB of memory in a task's share,"
                + " found 4 MiB, of which 3 MiB are used"
                + " (fix: fewer tasks at a time, or smaller batches, or engine.device = cpu)");
    assertThat(capped.allocate(MEBIBYTE).address()).isNotEqualTo(kept.address());
  }

  @Test
  void whatNothingRefersToIsHadAgain() {
    for (int i = 0; i < 20; i++) {
      assertThat(capped.allocate(3 * MEBIBYTE).address()).isPositive();
    }
  }

  @Test
  void tasksHaveEqualSharesAndOneAloneHasAll() {
    Accelerator whole = new CappedAccelerator(EmulatedGpu.accelerator(), 100);

    assertThat(CappedAccelerator.share(whole, 1)).isSameAs(whole);
    assertThat(CappedAccelerator.share(whole, 3).memory()).isEqualTo(30);
  }
}
