package io.gradzoo.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NVIDIA's compiler takes the kernels without a warning, where it is installed. */
class CudaSourcesTest {
  @TempDir Path folder;

  @Test
  void kernelsCompileForHopper() throws Exception {
    compile("sm_90");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sm_80", "sm_100"})
  @Tag("slow")
  void kernelsCompileForOtherGpus(String architecture) throws Exception {
    compile(architecture);
  }

  private void compile(String architecture) throws IOException, InterruptedException {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "nvcc")));
    assumeTrue(installed, "no nvcc: the kernels are not compiled for a GPU");
    Path source = Files.writeString(folder.resolve("kernels.cu"), KernelSources.cuda());
    Process nvcc =
        new ProcessBuilder(
                "nvcc",
                "-arch=" + architecture,
                "-Werror=all-warnings",
                "-cubin",
                "-o",
                folder.resolve("kernels.cubin").toString(),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(nvcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(nvcc.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }
}
