package io.gradzoo.engine.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.tensor.Operation;
import org.junit.jupiter.api.Test;

class CpuOperationsTest {

  @Test
  void theCpuRunsEveryKindOfOperation() {
    assertThat(CpuOperations.kinds())
        .containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
  }
}
