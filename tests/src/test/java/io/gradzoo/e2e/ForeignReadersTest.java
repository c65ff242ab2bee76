package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB and Arrow, which know nothing of Gradzoo, read plain tables as the documentation says. */
class ForeignReadersTest {
  /** Twelve MLPs of 64 - 8 - 10 and the last layers of twelve CNNs, 4 - 10. */
  private static final int DENSE_WEIGHTS = 12 * (64 * 8 + 8 * 10) + 12 * 4 * 10;

  private static final int BATCH_ROWS = 32;

  /** Means of the gradients g aᵀ of dense layers, from factors, beside the stored ones. */
  private static final String QUERY =
      """
      WITH chunks AS (
        SELECT gradient_set_id, layer, d_in, d_out, a, g, unnest(range(samples)) AS n
        FROM 'DIR/layer_factors/*.parquet' WHERE kind = 'linear' AND tokens IS NULL),
      entries AS (
        SELECT gradient_set_id, layer, n, a, g, d_in, d_out, unnest(range(d_in * d_out)) AS w
        FROM chunks),
      rebuilt AS (
        SELECT gradient_set_id, layer, w,
               avg(g[n * d_out + w // d_in + 1]::DOUBLE * a[n * d_in + w % d_in + 1]) AS dw
        FROM entries GROUP BY ALL)
      SELECT count(*), max(abs(dw - mean_dw[w + 1])), max(abs(dw))
      FROM rebuilt JOIN 'DIR/layer_moments/*.parquet' USING (gradient_set_id, layer)
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void writePlainTables() {
    for (TableSchema schema : List.of(LayerFactorsTable.SCHEMA, LayerMomentsTable.SCHEMA)) {
      new Workplace(folder)
          .plain()
          .write(
              Workplace.ZOO,
              schema,
              Workplace.rows(ReferenceJob.get().place().iceberg(), schema),
              TableProperties.of("copy"));
    }
  }

  @Test
  void duckDbsMeanOfTheFactorsIsTheStoredMeanGradient() throws SQLException {
    String place = plainZoo().toString();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(QUERY.replace("DIR", place))) {
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(1)).isEqualTo(DENSE_WEIGHTS);
      assertThat(result.getDouble(2)).isCloseTo(0, within(1e-6));
      assertThat(result.getDouble(3)).isGreaterThan(1e-3);
    }
  }

  @Test
  void arrowsMeanOfTheFactorsIsTheStoredMeanGradient() throws Exception {
    Map<List<Object>, double[]> sums = new HashMap<>();
    Map<List<Object>, Integer> samples = new HashMap<>();
    arrow(
        LayerFactorsTable.SCHEMA,
        row -> {
          if (row.apply(LayerFactorsTable.KIND).toString().equals(LayerFactorsTable.LINEAR)) {
            int count = (int) row.apply(LayerFactorsTable.SAMPLES);
            samples.merge(layer(row), count, Integer::sum);
            sums.merge(layer(row), products(row, count), ForeignReadersTest::sum);
          }
        });
    int[] compared = new int[1];
    arrow(
        LayerMomentsTable.SCHEMA,
        row -> {
          double[] sum = sums.get(layer(row));
          List<?> mean = (List<?>) row.apply(LayerMomentsTable.MEAN_DW);
          for (int w = 0; sum != null && w < sum.length; w++, compared[0]++) {
            double rebuilt = sum[w] / samples.get(layer(row));
            assertThat(rebuilt).isCloseTo((float) mean.get(w), within(1e-6));
          }
        });

    assertThat(compared[0]).isEqualTo(DENSE_WEIGHTS);
    assertThat(sums.values()).anyMatch(sum -> Arrays.stream(sum).anyMatch(x -> x > 1e-3));
  }

  /** Σ over a chunk's samples of g aᵀ, [out · in]. */
  private static double[] products(Function<String, Object> row, int samples) {
    int in = (int) row.apply(LayerFactorsTable.D_IN);
    int out = (int) row.apply(LayerFactorsTable.D_OUT);
    List<?> a = (List<?>) row.apply(LayerFactorsTable.A);
    List<?> g = (List<?>) row.apply(LayerFactorsTable.G);
    double[] sum = new double[out * in];
    for (int n = 0; n < samples; n++) {
      for (int w = 0; w < sum.length; w++) {
        sum[w] += (double) (float) g.get(n * out + w / in) * (float) a.get(n * in + w % in);
      }
    }
    return sum;
  }

  private static double[] sum(double[] x, double[] y) {
    double[] sum = x.clone();
    Arrays.setAll(sum, i -> x[i] + y[i]);
    return sum;
  }

  private static List<Object> layer(Function<String, Object> row) {
    return List.of(
        row.apply(LayerFactorsTable.GRADIENT_SET_ID).toString(),
        row.apply(LayerFactorsTable.LAYER));
  }

  /** Reads a table row by row: the values by the names of their columns. */
  @SuppressWarnings("try") // Arrow declares that closing may be interrupted
  private static void arrow(TableSchema schema, Consumer<Function<String, Object>> reader)
      throws Exception {
    String uri = plainZoo().resolve(schema.name()).toUri().toString();
    try (BufferAllocator memory = new RootAllocator();
        FileSystemDatasetFactory factory =
            new FileSystemDatasetFactory(
                memory, NativeMemoryPool.getDefault(), FileFormat.PARQUET, uri);
        Dataset dataset = factory.finish();
        Scanner scanner = dataset.newScan(new ScanOptions(BATCH_ROWS));
        ArrowReader batches = scanner.scanBatches()) {
      while (batches.loadNextBatch()) {
        VectorSchemaRoot batch = batches.getVectorSchemaRoot();
        for (int i = 0; i < batch.getRowCount(); i++) {
          int row = i;
          reader.accept(column -> batch.getVector(column).getObject(row));
        }
      }
    }
  }

  private static Path plainZoo() {
    return new Workplace(folder).plainFolder().resolve(Workplace.ZOO);
  }
}
