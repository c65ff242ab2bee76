package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradzoo.engine.device.CudaAccelerator;
import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gradient sets taken on what engine.device says. */
class GradientsOnDevicesTest {
  private static final int MEMBERS = 4;

  @TempDir static Path shared;
  private static JobRun onCpu;

  @TempDir Path folder;

  private static String said;

  /** In chunks: two of each of the perceptrons' sets, and two sets of CNNs in one. */
  @BeforeAll
  static void takeOnTheCpu() {
    onCpu =
        JobRun.in(
            shared,
            "zoo.source=random",
            "zoo.runs=" + MEMBERS,
            "zoo.architectures=[\"tanh:64:dense32:dense10\","
                + "\"tanh:1x8x8:conv3k3s2p1:gap:dense10\"]",
            "gradients.members=all",
            "gradients.probe-samples=20",
            "gradients.chunk-bytes=9000",
            "engine.device=" + (noGpu() ? "auto" : "cpu"));
    onCpu.run(new ZooGeneration());
    said = onCpu.said(new GradientComputation());
  }

  @Test
  void aGpuEmulatedTakesTheSetsThatTheCpuTakes() {
    boolean required = "required".equals(System.getenv("GRADZOO_COMPILER"));
    assumeTrue(required || EmulatedAccelerator.available(), "no C++ compiler");
    JobRun emulated = onCpu.copiedTo(folder).with("engine.device=emulated");

    assertThat(emulated.said(new GradientComputation())).doesNotContain("on the CPU");
    for (TableSchema table : List.of(LayerFactorsTable.SCHEMA, LayerMomentsTable.SCHEMA)) {
      requireNear(numbers(emulated, table), numbers(onCpu, table));
    }
    assertThat(emulated.rows(LayerFactorsTable.SCHEMA).where("sample_offset > 0").count())
        .isPositive();
    assertThat(configHash(emulated)).isNotEqualTo(configHash(onCpu));
    assertThat(emulated.printed(new GradientVerification(MEMBERS)).lines().skip(1).limit(MEMBERS))
        .allMatch(line -> line.endsWith("equal"));
  }

  @Test
  void whereAGpuMayBeMissingALineSaysThatTheCpuStandsIn() {
    assumeTrue(noGpu());

    assertThat(said).contains("gradients compute: on the CPU: GPU: expected NVIDIA's driver");
  }

  @Test
  void aGpuThatIsDemandedAndNotThereEndsTheCommandInOneLine() {
    assumeTrue(noGpu());
    JobRun demanding = onCpu.copiedTo(folder).with("engine.device=cuda");

    assertThatThrownBy(() -> demanding.run(new GradientComputation()))
        .satisfies(
            failure -> {
              assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.USAGE);
              assertThat(Failures.faults(failure))
                  .singleElement()
                  .asString()
                  .startsWith("GPU: expected NVIDIA's driver");
            });
    assertThat(configHash(demanding)).isEqualTo(configHash(onCpu));
  }

  /** All floating-point columns of a table, in the order of its keys. */
  private static List<float[]> numbers(JobRun run, TableSchema table) {
    Dataset<Row> rows = run.rows(table);
    String[] keys =
        Arrays.stream(rows.columns())
            .filter(name -> List.of("layer", "sample_offset").contains(name))
            .toArray(String[]::new);
    List<float[]> numbers = new ArrayList<>();
    for (Row row : rows.orderBy("gradient_set_id", keys).collectAsList()) {
      for (String column : rows.columns()) {
        Object cell = row.getAs(column);
        if (cell instanceof scala.collection.Seq<?> seq && seq.head() instanceof Float) {
          numbers.add(Floats.of(row, column));
        }
      }
    }
    return numbers;
  }

  private static void requireNear(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < expected.size(); i++) {
      float largest = 0;
      for (float number : expected.get(i)) {
        largest = Math.max(largest, Math.abs(number));
      }
      assertThat(actual.get(i)).hasSameSizeAs(expected.get(i));
      for (int j = 0; j < expected.get(i).length; j++) {
        assertThat(Math.abs(actual.get(i)[j] - expected.get(i)[j]))
            .isLessThanOrEqualTo(1e-5f * largest);
      }
    }
  }

  private static String configHash(JobRun run) {
    return run.rows(GradientSetsTable.SCHEMA)
        .select(GradientSetsTable.CONFIG_HASH)
        .first()
        .getString(0);
  }

  private static boolean noGpu() {
    try {
      return CudaAccelerator.count() == 0;
    } catch (FaultException e) {
      return true;
    }
  }
}
