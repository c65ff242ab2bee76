package io.gradzoo.jobs.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradzoo.engine.device.CudaAccelerator;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSettingsTest {
  @TempDir Path folder;

  @Test
  void aGpuThatIsDemandedAndNotThereIsAMistakeOfOneLine() {
    assumeTrue(noGpu());

    assertThatThrownBy(() -> settings(DeviceChoice.CUDA).open())
        .isInstanceOfSatisfying(
            GradzooException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith("GPU: expected NVIDIA's driver, libcuda.so.1, found none")
        .hasMessageEndingWith("(fix: install it, or engine.device = cpu)");
  }

  @Test
  void theCpuStandsInForAGpuThatIsNotThere() {
    assumeTrue(noGpu());

    assertThat(settings(DeviceChoice.AUTO).open().device()).isInstanceOf(CpuDevice.class);
    assertThat(settings(DeviceChoice.AUTO).standIn().orElseThrow())
        .startsWith("GPU: expected NVIDIA's driver");
    assertThat(settings(DeviceChoice.CPU).standIn()).isEmpty();
  }

  private static DeviceSettings settings(DeviceChoice choice) {
    return new DeviceSettings(choice, ProductPrecision.TF32);
  }

  private static boolean noGpu() {
    try {
      return CudaAccelerator.count() == 0;
    } catch (FaultException e) {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo 0; echo 1 | "0", "1"
          echo 3         | "3"
          exit 9         | ''
          """)
  void sparkIsToldOfTheGpusThatTheDriverNames(String driver, String addresses) throws Exception {
    Path tool = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + driver + "\n");
    Files.setPosixFilePermissions(
        tool, Set.copyOf(java.nio.file.attribute.PosixFilePermissions.fromString("rwx------")));

    assertThat(discovered())
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [%s]}".formatted(addresses));
  }

  private String discovered() throws IOException, InterruptedException {
    ProcessBuilder script =
        new ProcessBuilder(Path.of("../deploy/gpu/discover").toAbsolutePath().toString());
    script.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    Process process = script.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
