package io.gradzoo.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.agreement.DeviceAgreement.Distance;
import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Execution;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceAgreementTest {

  static Stream<OperationCase> cases() {
    return OperationCase.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aGpuEmulatedAgreesWithTheCpuOnOddShapes(OperationCase of) {
    DeviceAgreement agreement = new DeviceAgreement(CpuDevice.best(), EmulatedGpu.device());
    for (GridSizes sizes : GridSizes.odd()) {
      Distance distance = agreement.on(of, sizes);
      assertThat(distance.difference()).as("%s", sizes).isLessThan(1e-4);
      assertThat(distance.sameBits()).as("%s: the same bits", sizes).isTrue();
    }
  }

  @Test
  void aDeviceThatIsOffByALittleIsFar() {
    OperationCase of = OperationCase.all().get(0);
    GridSizes sizes = new GridSizes(2, 3, 5, 2);
    Distance exact = new DeviceAgreement(CpuDevice.best(), CpuDevice.best()).on(of, sizes);
    Distance off = new DeviceAgreement(CpuDevice.best(), new OffDevice()).on(of, sizes);

    assertThat(exact.difference()).isZero();
    assertThat(off.difference()).isGreaterThan(1e-4);
  }

  /** A CPU whose first output is too large by a thousandth. */
  private static final class OffDevice implements Device {
    @Override
    public Execution compile(Computation computation) {
      Execution right = CpuDevice.best().compile(computation);
      return new Execution() {
        @Override
        public void forward(int models, long dropoutSeed) {
          right.forward(models, dropoutSeed);
          List.copyOf(computation.outputs()).get(0).values()[0] *= 1.001f;
        }

        @Override
        public void backward() {
          right.backward();
        }
      };
    }
  }
}
