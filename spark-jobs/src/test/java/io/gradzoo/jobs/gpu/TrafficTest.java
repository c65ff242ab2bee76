package io.gradzoo.jobs.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.device.KernelSources;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.gpu.Extent;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.BatchedProduct;
import io.gradzoo.engine.tensor.gpu.Instruction.Factor;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import io.gradzoo.engine.tensor.gpu.Instruction.MatrixProduct;
import io.gradzoo.engine.tensor.gpu.PatchWindow;
import io.gradzoo.engine.tensor.gpu.Strided;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final long MEMORY = 1024;

  @Test
  void everyKernelIsCounted() {
    TreeSet<String> kernels = new TreeSet<>();
    Pattern.compile("^KERNEL (\\w+)\\(", Pattern.MULTILINE)
        .matcher(KernelSources.cuda())
        .results()
        .forEach(found -> kernels.add(found.group(1)));

    assertThat(Traffic.kernels()).containsExactlyInAnyOrderElementsOf(kernels);
  }

  @Test
  void operandsCountOnceAndResultsThatAreAddedToTwice() {
    Extent n = new Extent(2, 3, 5, 1, 1);
    Strided whole = new Strided(MEMORY, 15, 5, 1, 0, 0);
    Strided row = new Strided(MEMORY, 0, 0, 1, 0, 0);
    Strided none = new Strided(0, 0, 0, 0, 0, 0);

    assertThat(numbers("sum", n, whole, 0, 0, 1f, whole, row, none, none)).isEqualTo(30 + 30 + 5);
    assertThat(numbers("product", n, whole, 1, whole, row)).isEqualTo(60 + 30 + 5);
    assertThat(numbers("reduce", n, row, 0, 1f, whole, none, none)).isEqualTo(5 + 30);
  }

  @Test
  void whatIsNoMemoryDoesNotCount() {
    long key = 1L << 32;
    assertThat(numbers("dropout", 100, MEMORY, key, 0.1f, MEMORY, MEMORY, 0)).isEqualTo(200);
    assertThat(numbers("pointwise", 100, 1, 1f, MEMORY, 0L, MEMORY, 0)).isEqualTo(200);
    assertThat(numbers("pointwise", 100, 6, 1f, MEMORY, MEMORY, MEMORY, 1)).isEqualTo(400);
    assertThat(numbers("update", 100, MEMORY, MEMORY, MEMORY, MEMORY, 0L, MEMORY)).isEqualTo(600);
  }

  @Test
  void sumsCountTheRowsThatAThreadGoesThrough() {
    assertThat(numbers("fold", 1000, 33, 99, MEMORY, 1f, MEMORY)).isEqualTo(33_000 + 66);
    assertThat(
            numbers(
                "layerNormColumns",
                2,
                50,
                8,
                MEMORY,
                1f,
                0L,
                MEMORY,
                MEMORY,
                MEMORY,
                MEMORY,
                MEMORY))
        .isEqualTo(2 * 800 + 2 * 8 + 400 + 48);
  }

  @Test
  void mapsCountOnceHoweverOftenTheyAreSeen() {
    PatchWindow window = new PatchWindow(2, 4, 4, 3, 1, 1);
    int maps = 2 * 16;
    int rows = 16 * 18;
    assertThat(numbers("patches", rows, window, MEMORY, MEMORY)).isEqualTo(rows + maps);
    assertThat(numbers("patchesAdjoint", maps, window, MEMORY, MEMORY, 1))
        .isEqualTo(rows + 2 * maps);
  }

  @Test
  void aFactorThatAllProductsShareCountsOnce() {
    Factor any = new Factor(MEMORY, 4, false);
    MatrixProduct first = new MatrixProduct(3, 5, 4, 1f, any, any, 1f, MEMORY, 5);

    assertThat(Traffic.bytes(first)).isEqualTo(4 * (12 + 20 + 30));
    assertThat(Traffic.bytes(new BatchedProduct(first, 7, 0, 20, 15)))
        .isEqualTo(4 * (12 + 7 * 20 + 7 * 30));
  }

  @Test
  void aLossWithoutTargetsReadsNone() {
    assertThat(loss(NumberLoss.ErrorOfNumber.SQUARED)).isEqualTo(5 * 30 + 15);
    assertThat(loss(NumberLoss.ErrorOfNumber.ABSOLUTE)).isEqualTo(5 * 20 + 15);
  }

  /** Of five models with ten numbers each. */
  private static double loss(NumberLoss.ErrorOfNumber error) {
    long at = MEMORY;
    return numbers("loss", 5, 10, 10, error.code(), 1f, at, at, at, at, at, 0);
  }

  @Test
  void aCrossEntropyReadsScoresAndShares() {
    long at = MEMORY;
    assertThat(numbers("crossEntropy", 7, 3, at, at, at)).isEqualTo(7 * 7);
    assertThat(numbers("crossEntropyAdjoint", 7, 3, at, at, at, at, 1, 0L, 0))
        .isEqualTo(7 * (3 * 4 + 1));
  }

  private static double numbers(String kernel, Object... arguments) {
    Instruction launch = new KernelLaunch(kernel, 1, 256, List.of(arguments));
    return Traffic.bytes(launch) / Float.BYTES;
  }
}
