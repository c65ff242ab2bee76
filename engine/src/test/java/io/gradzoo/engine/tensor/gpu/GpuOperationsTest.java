package io.gradzoo.engine.tensor.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.tensor.Operation;
import org.junit.jupiter.api.Test;

class GpuOperationsTest {

  @Test
  void everyKindOfOperationHasKernels() {
    assertThat(GpuOperations.kinds())
        .containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
  }
}
