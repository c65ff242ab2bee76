package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.device.CudaAccelerator;
import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models trained on what engine.device says. */
class TrainingOnDevicesTest {
  @TempDir static Path shared;
  private static JobRun onCpu;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnTheCpu() {
    onCpu =
        JobRun.in(
            shared,
            "seed=258",
            "zoo.runs=12",
            "zoo.architectures=[\"64:dense4:dense10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
            "models.m={kind=scalegmn, members=mlp, scalegmn { width = 4, layers = 1 }, training {"
                + " shards = 2, rounds = 2, steps-per-round = 2, batch-size = 2 } }");
    onCpu.run(new ZooGeneration());
    onCpu.run(new TrainingJob("m"));
  }

  @Test
  void aGpuEmulatedTrainsWhatTheCpuDoesToRounding() throws IOException {
    boolean required = "required".equals(System.getenv("GRADZOO_COMPILER"));
    assumeTrue(required || EmulatedAccelerator.available(), "no C++ compiler");
    JobRun emulated = onCpu.copiedTo(folder).with("engine.device=emulated");

    emulated.run(new TrainingJob("m"));

    assertThat(loss(emulated)).isCloseTo(loss(onCpu), within(1e-5));
    assertThat(emulated.directory("m").read(RunDirectory.MODEL))
        .isNotEqualTo(onCpu.directory("m").read(RunDirectory.MODEL));
  }

  @Test
  void aGpuThatIsDemandedAndNotThereEndsTheTrainingInOneLine() {
    assumeTrue(noGpu());
    JobRun demanding = onCpu.copiedTo(folder).with("engine.device=cuda");

    assertThatThrownBy(() -> demanding.run(new TrainingJob("m")))
        .satisfies(
            failure -> {
              assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.USAGE);
              assertThat(Failures.faults(failure))
                  .singleElement()
                  .asString()
                  .startsWith("GPU: expected NVIDIA's driver");
            });
    assertThat(demanding.directory("m").path()).doesNotExist();
  }

  /** Of the last round. */
  private static double loss(JobRun job) throws IOException {
    String last =
        new String(job.directory("m").read(RunDirectory.METRICS), StandardCharsets.UTF_8)
            .lines()
            .reduce((earlier, later) -> later)
            .orElseThrow();
    return new ObjectMapper().readTree(last).get("train_loss").asDouble();
  }

  private static boolean noGpu() {
    try {
      return CudaAccelerator.count() == 0;
    } catch (FaultException e) {
      return true;
    }
  }
}
