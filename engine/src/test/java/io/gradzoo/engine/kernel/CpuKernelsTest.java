package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which kernels a JVM gets, tried on JVMs that are started for it. */
class CpuKernelsTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  @Test
  void vectorsAreChosenWhereTheirModuleIsAdded() {
    assertThat(CpuKernels.best().name()).startsWith("vector-");
    assertThat(CpuKernels.scalar().name()).isEqualTo("scalar");
  }

  @Test
  void withoutTheModuleNd4jDoesTheProducts() {
    Outcome outcome = outcome(classPath(), List.of());
    assertThat(outcome.name).isEqualTo("nd4j");
    assertAgrees(outcome);
  }

  @Test
  void withoutTheModuleAndWithoutNd4jPlainLoopsDo() {
    Outcome outcome = outcome(ownClasses(), List.of());
    assertThat(outcome.name).isEqualTo("scalar");
    assertAgrees(outcome);
  }

  @Test
  void nd4jWithoutItsNativeLibrariesIsPassedOver() {
    List<String> withoutNatives =
        classPath().stream().filter(entry -> !entry.contains("nd4j-native")).toList();
    assertThat(withoutNatives).anyMatch(entry -> entry.contains("nd4j-api"));
    assertThat(outcome(withoutNatives, List.of()).name).isEqualTo("scalar");
  }

  @Test
  void vectorsNeedNothingButTheModule() {
    Outcome outcome = outcome(ownClasses(), List.of(VECTORS));
    assertThat(outcome.name).isEqualTo(CpuKernels.best().name());
    assertThat(outcome.results).isEqualTo(resultsOf(CpuKernels.best()));
  }

  @Test
  void purelyInterpretedVectorsGiveTheSameBits() {
    Outcome outcome = outcome(ownClasses(), List.of(VECTORS, "-Xint"));
    assertThat(outcome.name).isEqualTo(CpuKernels.best().name());
    assertThat(outcome.results).isEqualTo(resultsOf(CpuKernels.best()));
  }

  @Test
  void narrowerVectorsComputeTheSame() {
    for (int bytes = 16; bytes < Lanes.COUNT * Float.BYTES; bytes *= 2) {
      Outcome outcome = outcome(ownClasses(), List.of(VECTORS, "-XX:MaxVectorSize=" + bytes));
      assertThat(outcome.name).isEqualTo("vector-" + 8 * bytes);
      assertAgrees(outcome);
    }
  }

  private record Outcome(String name, float[] results) {}

  private static void assertAgrees(Outcome outcome) {
    float[] expected = resultsOf(CpuKernels.scalar());
    assertThat(outcome.results).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double bound = 2e-5 * Math.max(1, Math.abs(expected[i]));
      if (!(Math.abs(outcome.results[i] - expected[i]) <= bound)) {
        assertThat(outcome.results[i]).as("%s: number %d", outcome.name, i).isEqualTo(expected[i]);
      }
    }
  }

  private static float[] resultsOf(Kernels kernels) {
    KernelProbe probe = new KernelProbe(kernels);
    probe.run();
    return probe.results();
  }

  private static List<String> ownClasses() {
    return List.of(location(Kernels.class), location(KernelProbe.class));
  }

  private static List<String> classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    String path = surefire == null ? System.getProperty("java.class.path") : surefire;
    return Arrays.asList(path.split(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  private static Outcome outcome(List<String> classPath, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(classPath.stream().collect(Collectors.joining(File.pathSeparator)));
    command.add(KernelProbe.class.getName());
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      List<String> lines = new ArrayList<>();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
        reader.lines().forEach(lines::add);
      }
      assertThat(process.waitFor()).as("exit status of %s", command).isZero();
      float[] results = new float[lines.size() - 1];
      for (int i = 0; i < results.length; i++) {
        results[i] = Float.intBitsToFloat(Integer.parseInt(lines.get(i + 1)));
      }
      return new Outcome(lines.get(0), results);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
