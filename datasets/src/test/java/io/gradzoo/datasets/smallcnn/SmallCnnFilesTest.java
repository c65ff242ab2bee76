package io.gradzoo.datasets.smallcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.Corpus;
import io.gradzoo.datasets.format.Mutations;
import io.gradzoo.datasets.format.NpyReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zoo's real layout and one of its real networks; metrics in its columns. */
class SmallCnnFilesTest {
  static final String METRICS =
      ",config.activation,config.b_init,config.dataset,config.dnn_architecture,config.dropout,"
          + "config.epochs,config.epochs_between_checkpoints,config.init_std,config.l2reg,"
          + "config.learning_rate,config.num_layers,config.num_units,config.optimizer,"
          + "config.random_seed,config.train_fraction,config.w_init,modeldir,step,test_accuracy,"
          + "test_loss,train_accuracy,train_loss,laststep\n"
          + "0,relu,zeros,cifar10,cnn,0.25,86,20,0.1,1e-05,0.001,3,16,adam,42,0.5,he_normal,"
          + "/cns/x/1,0,0.1,2.5,0.125,2.25,False\n"
          + "1,relu,zeros,cifar10,cnn,0.25,86,20,0.1,1e-05,0.001,3,16,adam,42,0.5,he_normal,"
          + "/cns/x/1,86,0.5721,,0.6,nan,True\n";

  @Test
  void theRealLayoutIsThatOfThreeConvolutionsAndADenseLayer() {
    ZooLayout layout = realLayout();

    assertThat(layout.size()).isEqualTo(4970);
    assertThat(layout.stages())
        .containsExactly("conv16k3s2p0", "conv16k3s2p0", "conv16k3s2p0", "gap", "dense10");
    assertThat(layout.layers().get(1).kernel()).containsExactly(3, 3, 16, 16);
  }

  @Test
  void everyNumberOfARealNetworkHasItsPlace() {
    float[] stored = NpyReader.read(Corpus.file("smallcnnzoo/optimal_weights.npy")).floats();
    int[] order = realLayout().order();

    assertThat(order.clone()).doesNotHaveDuplicates().hasSize(stored.length);
    assertThat(stored[order[0]]).isEqualTo(stored[16]);
    assertThat(order[144]).as("first bias").isZero();
    // conv2d_1: weight [out 5, in 7, row 1, column 2] of a kernel [row, column, in, out] at 176
    int ours = 160 + ((5 * 16 + 7) * 3 + 1) * 3 + 2;
    assertThat(order[ours]).isEqualTo(176 + ((1 * 3 + 2) * 16 + 7) * 16 + 5);
    // dense: weight [out 9, in 4] of a kernel [in, out] at 4810
    assertThat(order[4800 + 9 * 16 + 4]).isEqualTo(4810 + 4 * 10 + 9);
    assertThat(order[4969]).as("last bias").isEqualTo(4809);
  }

  @Test
  void aLayoutIsWrittenAsItWasRead() {
    String text = new String(Corpus.bytes("smallcnnzoo/layout.csv"), StandardCharsets.UTF_8);

    assertThat(realLayout().csv()).isEqualTo(text.replace("\r\n", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a/bias:0,0,16,16,\"(16,)\"`|a kernel",
        "`a/kernel:0,0,160,160,\"(16, 10)\"`|a variable …/bias:0",
        "`a/bias:0,0,16,15,\"(16,)\"`|start, end and size 0,16,16",
        "`a/bias:0,1,17,16,\"(16,)\"`|start, end and size 0,16,16",
        "`a/bias:0,0,16,16,\"__import__('os').system('touch pwned')\"`|a shape",
        "`a/bias:0,0,16,16,\"(16,)\";a/kernel:0,16,176,160,\"(10, 16)\";a/bias:0,176,177,1,\"(2,)\"`|start",
        "`a/bias:0,0,16,16,\"(16,)\";a/kernel:0,16,176,160,\"(16, 10)\"`|for its bias",
        "``|a layer"
      })
  void aLayoutThatIsNoneIsRefused(String lines, String message) {
    String text = "varname,start_idx,end_idx,size,shape\n" + lines.replace(';', '\n') + "\n";

    assertThatThrownBy(() -> layout(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("layout.csv")
        .hasMessageContaining(message);
  }

  @Test
  void metricsAreReadByTheirColumns() {
    ZooMetrics metrics = metrics(METRICS.getBytes(StandardCharsets.UTF_8));
    ZooMetricsRow first = metrics.next().orElseThrow();
    ZooMetricsRow second = metrics.next().orElseThrow();

    assertThat(metrics.next()).isEmpty();
    assertThat(first)
        .isEqualTo(
            new ZooMetricsRow(
                "/cns/x/1",
                0,
                "cifar10",
                "cnn",
                "relu",
                "he_normal",
                0.1,
                "adam",
                0.001,
                1e-5,
                0.25,
                0.5,
                null,
                42,
                2.25,
                0.125,
                2.5,
                0.1,
                new ZooMetricsRow.Said(null, null, null, null)));
    assertThat(second.testLoss()).isNull();
    assertThat(second.trainLoss()).isNaN();
    assertThat(second.step()).isEqualTo(86);
  }

  @Test
  void aMetricThatIsNoNumberIsNamedByItsLine() {
    byte[] bytes = METRICS.replace("0.5721", "good").getBytes(StandardCharsets.UTF_8);
    ZooMetrics metrics = metrics(bytes);
    metrics.next();

    assertThatThrownBy(metrics::next)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("metrics.csv:line 3: expected a number as test_accuracy");
  }

  /** Golden values of CPython 3, with the published procedure. */
  @Test
  void thePublishedSplitIsMadeAgainIndexByIndex() throws IOException {
    StringBuilder list = new StringBuilder("0\n");
    for (int row = 0; row < 40; row++) {
      list.append(row).append('\n');
    }
    int[] rows =
        PublishedSplit.readRows(Place.of("split", "s.csv"), new StringReader(list + ""), 40);

    PublishedSplit split = PublishedSplit.of(rows, row -> row % 3 == 0);

    assertThat(split.train()).containsExactly(9, 3, 0, 0, 12);
    assertThat(split.validation()).containsExactly(6, 15);
    assertThat(split.test()).containsExactly(18, 21, 24, 27, 30, 33, 36, 39);
  }

  @ParameterizedTest
  @CsvSource({"40, line 1", "-1, line 1", "'0\n1x', line 2", "99999999999999999999, line 1"})
  void aSplitOfOtherRowsIsRefused(String text, String place) {
    assertThatThrownBy(
            () -> PublishedSplit.readRows(Place.of("split", "s.csv"), new StringReader(text), 40))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("s.csv:" + place + ": expected a row from 0 to 39");
  }

  @Test
  void damagedFilesAreReadOrRefused() throws Exception {
    int layouts =
        Mutations.survive(
            List.of(Corpus.bytes("smallcnnzoo/layout.csv")),
            1500,
            21,
            "layout.csv",
            SmallCnnFilesTest::layout);
    int metrics =
        Mutations.survive(
            List.of(METRICS.getBytes(StandardCharsets.UTF_8)),
            1500,
            22,
            "metrics.csv",
            bytes -> {
              ZooMetrics rows = metrics(bytes);
              Optional<ZooMetricsRow> row = rows.next();
              while (row.isPresent()) {
                row = rows.next();
              }
            });

    assertThat(layouts).isBetween(500, 1499);
    assertThat(metrics).isBetween(100, 1499);
  }

  private static ZooLayout realLayout() {
    return layout(Corpus.bytes("smallcnnzoo/layout.csv"));
  }

  private static ZooLayout layout(byte[] bytes) {
    return ZooLayout.read(Place.of("layout", "layout.csv"), new ByteArrayInputStream(bytes));
  }

  private static ZooMetrics metrics(byte[] bytes) {
    return new ZooMetrics(Place.of("metrics", "metrics.csv"), new ByteArrayInputStream(bytes));
  }
}
