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
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that knows nothing of Gradzoo reads plain tables with the query in the documentation.
 */
class DuckDbTest {
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
  void itsMeanOfTheFactorsIsTheStoredMeanGradient() throws SQLException {
    String place = new Workplace(folder).plainFolder().resolve(Workplace.ZOO).toString();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(QUERY.replace("DIR", place))) {
      assertThat(result.next()).isTrue();
      // Twelve MLPs of 64 - 8 - 10 and the last layers of twelve CNNs, 4 - 10.
      assertThat(result.getLong(1)).isEqualTo(12 * (64 * 8 + 8 * 10) + 12 * 4 * 10);
      assertThat(result.getDouble(2)).isCloseTo(0, within(1e-6));
      assertThat(result.getDouble(3)).isGreaterThan(1e-3);
    }
  }
}
