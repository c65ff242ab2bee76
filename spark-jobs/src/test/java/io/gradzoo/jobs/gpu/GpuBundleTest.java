package io.gradzoo.jobs.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.testing.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuBundleTest {
  @TempDir Path folder;

  /** Half a minute, most of it in jlink. */
  @Test
  @Tag("slow")
  void aBundleChecksAloneAndSaysThatThereIsNoGpu() throws Exception {
    assumeTrue(EmulatedAccelerator.available(), "no C++ compiler");
    Path bundle = folder.resolve("bundle");
    Outcome made = Outcome.of("gpu", "bundle", bundle.toString());
    assertThat(made.err()).isEmpty();
    assertThat(made.status()).isZero();
    assertThat(made.out()).singleElement().asString().startsWith(bundle + ": ");
    assertThat(Integer.parseInt(made.out().get(0).replaceAll(".*: ([0-9]+) MB;.*", "$1")))
        .isLessThan(60);

    Path moved = Files.move(bundle, folder.resolve("moved"));
    assertThat(run(moved, "check", 0, "--device", "emulated"))
        .startsWith("device: emulated, its kernels on the CPU (no GPU is used)")
        .contains("\"passed\":true");
    assertThat(
            run(moved, "bench", 0, "--device=emulated", "--small", "--batches=2", "--seconds=0.01"))
        .startsWith("device: emulated; copies ")
        .contains("\"subject\":\"GradMetaNet++\"");
    assertThat(run(moved, "check", 2)).startsWith("GPU: expected NVIDIA's driver").hasLineCount(1);
  }

  @Test
  void nothingIsReplaced() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "mine");
    Outcome outcome = Outcome.of("gpu", "bundle", kept.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).singleElement().asString().contains("expected a new folder");
    assertThat(kept).hasContent("mine");
  }

  /** Without a GPU; what it prints. */
  private static String run(Path bundle, String program, int status, String... options)
      throws Exception {
    String[] command = new String[options.length + 1];
    command[0] = bundle.resolve(program).toString();
    System.arraycopy(options, 0, command, 1, options.length);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", "");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    return said.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", "");
  }
}
