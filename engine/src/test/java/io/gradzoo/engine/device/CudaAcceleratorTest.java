package io.gradzoo.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import io.gradzoo.engine.agreement.DeviceAgreement;
import io.gradzoo.engine.agreement.GridSizes;
import io.gradzoo.engine.agreement.OperationCase;
import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.Factor;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The calls that reach a GPU, on libraries that take them as CUDA's would and compute with the
 * emulated kernels: what is called in which order, with which arguments, and what may be captured.
 */
class CudaAcceleratorTest {
  private static final List<String> SONAMES =
      List.of("libcuda.so.1", "libnvrtc.so.13", "libcublas.so.13");

  @TempDir static Path folder;

  @BeforeAll
  static void makeAGpu() throws Exception {
    EmulatedGpu.accelerator(); // skips where there is no compiler
    try (InputStream fake = CudaAcceleratorTest.class.getResourceAsStream("fake-cuda.cpp")) {
      String source =
          KernelSources.emulated() + new String(fake.readAllBytes(), StandardCharsets.UTF_8);
      Path library = folder.resolve(SONAMES.get(0));
      HostCompiler.find().orElseThrow().compile(source, library);
      for (String soname : SONAMES) {
        NativeLibrary.addSearchPath(soname, folder.toString());
        if (!Files.exists(folder.resolve(soname))) {
          Files.createSymbolicLink(folder.resolve(soname), library);
        }
      }
    }
  }

  private static CudaAccelerator open(int ordinal) {
    return CudaAccelerator.open(
        ordinal, ProductPrecision.FLOAT32, new KernelCache(folder.resolve("cache")));
  }

  @Test
  void operationsAgreeWithTheCpu() {
    DeviceAgreement agreement = new DeviceAgreement(CpuDevice.best(), new GpuDevice(open(0)));
    for (OperationCase of : OperationCase.all()) {
      assertThat(agreement.on(of, new GridSizes(2, 3, 5, 2)).difference())
          .as(of.name())
          .isLessThan(1e-4);
    }
  }

  @Test
  void instructionsRunAsAGraphFromTheSecondTimeOn() {
    CudaAccelerator gpu = open(0);
    int before = graphs();
    Accelerator.DeviceMemory memory = gpu.allocate(1024);
    long a = memory.address();
    long c = a + 512;
    Accelerator.Sequence sequence =
        gpu.prepare(
            List.of(
                new Instruction.Clearing(c, 3),
                new Instruction.MatrixProduct(
                    1, 3, 2, 1f, new Factor(a, 2, false), new Factor(a, 3, false), 1f, c, 3),
                new Instruction.KernelLaunch("fold", 1, 256, List.of(1, 3, 3, c, 2f, c))));

    for (int run = 1; run <= 4; run++) {
      gpu.write(a, new float[] {run, 1, 2, 3, 4, 5}, 6);
      sequence.run();
      float[] results = new float[3];
      gpu.read(c, results, 3);
      float product = run * run + 3;
      assertThat(results).startsWith(3 * product, 3 * (run + 4), 3 * (2 * run + 5));
    }
    assertThat(graphs() - before).isEqualTo(3);
  }

  @Test
  void longArraysGoThroughThePinnedBuffersPieceByPiece() {
    CudaAccelerator gpu = open(0);
    float[] numbers = new float[5_000_001];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 9973;
    }
    Accelerator.DeviceMemory memory = gpu.allocate((long) Float.BYTES * numbers.length);
    gpu.write(memory.address(), numbers, numbers.length);
    float[] back = new float[numbers.length];
    gpu.read(memory.address(), back, back.length);

    assertThat(back).isEqualTo(numbers);
  }

  /**
   * Each at its own pace: at once, only when somebody waits, or uploads as far ahead as they may.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void uploadsOvertakeNoComputationThatNeedsWhatTheyReplace(int pace) {
    CudaAccelerator gpu = open(0);
    Accelerator.DeviceMemory memory = gpu.allocate(1024);
    long a = memory.address();
    long c = a + 512;
    Accelerator.Sequence sum =
        gpu.prepare(
            List.of(new Instruction.KernelLaunch("fold", 1, 256, List.of(1, 3, 3, a, 1f, c))));
    function("fake_pace").invokeVoid(new Object[] {pace});
    try {
      float expected = 0;
      for (int run = 1; run <= 50; run++) {
        gpu.write(a, new float[] {run, -run, 1}, 3);
        sum.run();
        expected += run;
      }
      float[] sums = new float[3];
      gpu.read(c, sums, 3);
      assertThat(sums).containsExactly(expected, -expected, 50);
    } finally {
      function("fake_pace").invokeVoid(new Object[] {0});
    }
  }

  @Test
  void compiledCodeIsKept() throws Exception {
    open(0);
    open(0);
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).singleElement().asString().endsWith(".cubin");
    }
  }

  @Test
  void whatCannotBeUsedIsSaidInOneLine() {
    assertThatThrownBy(() -> open(1))
        .hasMessage(
            "GPU: cuda:1 Fake: expected compute capability 8.0 or newer, found 7.0"
                + " (fix: engine.device = cpu)");
    assertThatThrownBy(() -> open(2))
        .hasMessageStartingWith("GPU: expected GPU 2, found 2 of them");
    CudaAccelerator gpu = open(0);
    assertThatThrownBy(() -> gpu.allocate(1L << 31))
        .isInstanceOf(DeviceMemoryException.class)
        .hasMessageStartingWith("GPU: cuda:0 Fake: expected 2048 MiB of free memory, found less");
    assertThatThrownBy(
            () ->
                gpu.prepare(List.of(new Instruction.KernelLaunch("none", 1, 32, List.of(1)))).run())
        .hasMessageStartingWith("GPU: none: something else");
  }

  private static int graphs() {
    return function("fake_launched_graphs").invokeInt(new Object[0]);
  }

  private static Function function(String name) {
    return NativeLibrary.getInstance(SONAMES.get(0)).getFunction(name);
  }
}
