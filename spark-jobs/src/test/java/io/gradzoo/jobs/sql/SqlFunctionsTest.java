package io.gradzoo.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.testing.SharedSession;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFunctionsTest {
  private static final SparkSession SPARK = SharedSession.get();

  /** 2-3-2: weights [3][2], biases [3], weights [2][3], biases [2]. */
  private static final String MLP =
      "'relu:2:dense3:dense2', array(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f,"
          + " 10f, 11f, 12f, 13f, 14f, 15f, 16f, 17f)";

  /** Factors of its first layer for two samples. */
  private static final String FACTORS =
      "'relu:2:dense3:dense2', 0, 'linear', array(1f, 2f, 0f, -1f),"
          + " array(1f, 0f, -2f, 3f, 1f, 2f), NULL, NULL";

  /** Full gradients of a convolution of one channel and kernel 2 for two samples. */
  private static final String CONVOLUTION =
      "'relu:1x4x4:conv1k2s1p0:gap:dense2', 0, 'conv', NULL, NULL,"
          + " array(1f, 2f, 3f, 4f, 0f, 0f, 2f, 0f), array(5f, 1f)";

  @BeforeAll
  static void register() {
    Gradzoo.functions(SPARK);
  }

  @Test
  void theWeightsOfALayerAreAMatrix() {
    assertThat(value("gradzoo_weights(" + MLP + ", 0)"))
        .isEqualTo(
            "WrappedArray(WrappedArray(1.0, 2.0), WrappedArray(3.0, 4.0),"
                + " WrappedArray(5.0, 6.0))");
    assertThat(floats("flatten(gradzoo_weights(" + MLP + ", 1))"))
        .containsExactly(10.0, 11.0, 12.0, 13.0, 14.0, 15.0);
    assertThat(floats("gradzoo_biases(" + MLP + ", 1)")).containsExactly(16.0, 17.0);
  }

  @Test
  void normsOfSampleGradientsComeFromFactors() {
    // ‖g aᵀ‖² + ‖g‖² = ‖g‖² (1 + ‖a‖²): samples (a, g) = ((1, 2), (1, 0, −2)), ((0, −1), (3, 1, 2))
    List<Double> norms = floats("gradzoo_gradient_norms(" + FACTORS + ")");

    assertThat(norms.get(0)).isEqualTo(Math.sqrt(5 * 6), within(1e-9));
    assertThat(norms.get(1)).isEqualTo(Math.sqrt(14 * 2), within(1e-9));
    assertThat(floats("gradzoo_gradient_norms(" + CONVOLUTION + ")").get(0))
        .isEqualTo(Math.sqrt(1 + 4 + 9 + 16 + 25), within(1e-9));
  }

  @Test
  void meansAndFisherDiagonalsAreThoseOfTheSampleGradients() {
    double[][] a = {{1, 2}, {0, -1}};
    double[][] g = {{1, 0, -2}, {3, 1, 2}};
    double[] mean = new double[9];
    double[] square = new double[9];
    for (int n = 0; n < 2; n++) {
      for (int o = 0; o < 3; o++) {
        for (int i = 0; i < 2; i++) {
          mean[2 * o + i] += g[n][o] * a[n][i] / 2;
          square[2 * o + i] += Math.pow(g[n][o] * a[n][i], 2) / 2;
        }
        mean[6 + o] += g[n][o] / 2;
        square[6 + o] += Math.pow(g[n][o], 2) / 2;
      }
    }

    assertThat(floats("gradzoo_mean_gradient(" + FACTORS + ")")).containsExactly(boxed(mean));
    assertThat(floats("gradzoo_fisher_diagonal(" + FACTORS + ")")).containsExactly(boxed(square));
    assertThat(floats("gradzoo_fisher_diagonal(" + CONVOLUTION + ")"))
        .containsExactly(0.5, 2.0, 6.5, 8.0, 13.0);
  }

  @Test
  void neuronsArePermutedAndRescaledInAllThatTheyTouch() {
    assertThat(floats("gradzoo_permute(" + MLP + ", array(array(2, 0, 1)))"))
        .containsExactly(
            5.0, 6.0, 1.0, 2.0, 3.0, 4.0, 9.0, 7.0, 8.0, 12.0, 10.0, 11.0, 15.0, 13.0, 14.0, 16.0,
            17.0);
    assertThat(floats("gradzoo_rescale(" + MLP + ", array(array(2, 1, 0.5)))"))
        .containsExactly(
            2.0, 4.0, 3.0, 4.0, 2.5, 3.0, 14.0, 8.0, 4.5, 5.0, 11.0, 24.0, 6.5, 14.0, 30.0, 16.0,
            17.0);
  }

  @Test
  void aChangedCopyIsAtDistanceZero() {
    String network = MLP.substring(MLP.indexOf("array"));
    String copy =
        "gradzoo_rescale('relu:2:dense3:dense2', gradzoo_permute(%s, array(array(2, 0, 1))), array(array(2, 3, 4)))"
            .formatted(MLP);

    assertThat((Double) row("gradzoo_distance(" + MLP + ", " + copy + ")").get(0))
        .isEqualTo(0, within(1e-5));
    assertThat(
            (Double)
                row("gradzoo_distance(" + MLP + ", transform(" + network + ", x -> -x))").get(0))
        .isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gradzoo_weights(NULL, array(1f), 0)",
        "gradzoo_weights('relu:2:dense3:dense2', CAST(NULL AS ARRAY<FLOAT>), 0)",
        "gradzoo_biases('relu:2:dense3:dense2', array(1f), CAST(NULL AS INT))",
        "gradzoo_permute('relu:2:dense3:dense2', array(1f), NULL)",
        "gradzoo_rescale('relu:2:dense3:dense2', NULL, NULL)",
        "gradzoo_distance('relu:2:dense3:dense2', NULL, array(1f))",
        "gradzoo_gradient_norms('relu:2:dense3:dense2', 0, NULL, NULL, NULL, NULL, NULL)",
        "gradzoo_mean_gradient('relu:2:dense3:dense2', 0, 'linear', NULL, array(1f), NULL, NULL)",
        "gradzoo_fisher_diagonal('relu:2:dense3:dense2', 0, 'conv', array(1f), array(1f), NULL, NULL)"
      })
  void nullInIsNullOut(String call) {
    assertThat(row(call).isNullAt(0)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gradzoo_weights('relu:2:dense3', array(1f), 0)   | gradzoo_weights: parameters: expected 9 numbers of relu:2:dense3, found 1
          gradzoo_weights('relu:2:dense3', array(1f), 1)   | gradzoo_weights: layer: expected 0…0 of relu:2:dense3, found 1
          gradzoo_biases('[1, 2]', array(1f), 0)           | gradzoo_biases: architecture
          gradzoo_distance('relu:2:dense3', '[1, 2]', '2') | gradzoo_distance: expected an array, found String
          gradzoo_permute('relu:1:dense1:dense1', array(1f, 2f, 3f, 4f), array(array(1))) | gradzoo_permute: neuron permutation
          gradzoo_rescale('relu:1:dense1:dense1', array(1f, 2f, 3f, 4f), array(array(-1))) | gradzoo_rescale: positive scaling: expected factors > 0, found -1.0
          gradzoo_weights('relu:1:dense1', array(1f, NULL), 0) | gradzoo_weights: expected numbers, found null
          gradzoo_mean_gradient('relu:2:dense3', 0, 'linear', array(1f), array(1f), NULL, NULL) | gradzoo_mean_gradient: factors of layer 0
          gradzoo_mean_gradient('relu:2:dense3', 0, 'layernorm', array(1f), array(1f), NULL, NULL) | expected a kind of a dense or convolution layer, found "layernorm"
          gradzoo_weights('transformer:v32:t8:d16:h4:f32:l2:gelu:causal:token32', array(1f), 0) | gradzoo_weights:
          """)
  void whatIsNoColumnOfOursIsRefusedInOneLine(String call, String words) {
    Throwable failure = catchThrowable(() -> row(call));

    List<Fault> faults = Failures.faults(failure);
    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).line())
        .contains(words)
        .endsWith("(fix: columns of one row of Gradzoo's tables)");
    assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.DATA);
  }

  @Test
  void allAreRegistered() {
    assertThat(SqlFunctions.NAMES).allMatch(SPARK.catalog()::functionExists);
  }

  /** Over rows, so that Spark computes it as it does for a table. */
  private static Row row(String call) {
    return SPARK.sql("SELECT " + call + " FROM range(1, 2, 1, 1)").head();
  }

  private static String value(String call) {
    return row(call).get(0).toString();
  }

  private static List<Double> floats(String call) {
    return row(call).<Number>getList(0).stream().map(Number::doubleValue).toList();
  }

  private static Double[] boxed(double[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Double[]::new);
  }
}
