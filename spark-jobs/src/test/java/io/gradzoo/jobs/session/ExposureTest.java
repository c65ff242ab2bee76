package io.gradzoo.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings open to others, and what is said of it. */
class ExposureTest {
  private static final Map<String, String> FROM_LAUNCHER = Map.of("SPARK_LOCAL_IP", "127.0.0.1");

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[2]", "local[*]", "local[2,3]", "local-cluster[2,1,512]"})
  void onThisMachineEverythingIsShut(String master) {
    SparkConf conf = shut(master, Map.of());

    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.authenticate")).isEqualTo("true");
    assertThat(conf.get("spark.authenticate.secret")).hasSize(64);
    assertThat(Exposure.warnings(conf, FROM_LAUNCHER)).isEmpty();
  }

  @Test
  void everyRunHasASecretOfItsOwn() {
    assertThat(shut("local", Map.of()).get("spark.authenticate.secret"))
        .isNotEqualTo(shut("local", Map.of()).get("spark.authenticate.secret"));
  }

  @Test
  void whatTheUserSetStaysInForceAndIsSaidInOneLine() {
    SparkConf conf =
        shut(
            "local[2]",
            Map.of("spark.driver.bindAddress", "0.0.0.0", "spark.authenticate", "false"));

    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("0.0.0.0");
    assertThat(conf.contains("spark.driver.host")).isFalse();
    assertThat(conf.contains("spark.authenticate.secret")).isFalse();
    assertThat(Exposure.warnings(conf, FROM_LAUNCHER))
        .singleElement()
        .asString()
        .contains("listens on 0.0.0.0", "without a password", "spark.driver.bindAddress");
  }

  @Test
  void anAddressOfTheEnvironmentIsTheUsersToo() {
    Map<String, String> environment = Map.of("SPARK_LOCAL_IP", "0.0.0.0");
    SparkConf conf = new SparkConf(false).set("spark.master", "local[2]");
    Exposure.shut(conf, environment);

    assertThat(conf.contains("spark.driver.bindAddress")).isFalse();
    assertThat(Exposure.warnings(conf, environment))
        .singleElement()
        .asString()
        .contains("0.0.0.0")
        .doesNotContain("without a password");
  }

  @Test
  void aWebPageThatOthersReachIsSaid() {
    SparkConf conf = shut("local[2]", Map.of("spark.ui.enabled", "true"));

    assertThat(Exposure.warnings(conf, FROM_LAUNCHER)).isEmpty();
    assertThat(Exposure.warnings(conf, Map.of()))
        .singleElement()
        .asString()
        .contains("web page", "SPARK_LOCAL_IP=127.0.0.1");
  }

  @Test
  void aDriverThatAWorkerStartedTakesTheSecretOfItsEnvironment() {
    Map<String, String> environment = Map.of("_SPARK_AUTH_SECRET", "of the cluster");
    SparkConf conf = new SparkConf(false).set("spark.master", "spark://host:7077");
    Exposure.shut(conf, environment);
    assertThat(conf.contains("spark.authenticate.secret")).isFalse();

    Exposure.shut(conf.set("spark.authenticate", "true"), environment);
    assertThat(conf.get("spark.authenticate.secret")).isEqualTo("of the cluster");
    Exposure.shut(conf.set("spark.authenticate.secret", "another"), environment);
    assertThat(conf.get("spark.authenticate.secret")).isEqualTo("another");
  }

  @Test
  void aClustersSettingsAreLeftAloneAndAMasterWithoutAPasswordIsSaid() {
    SparkConf open = shut("spark://host:7077", Map.of());

    assertThat(open.getAll()).hasSize(1);
    assertThat(Exposure.warnings(open, Map.of()))
        .singleElement()
        .asString()
        .contains("spark://host:7077", "spark.authenticate");
    assertThat(
            Exposure.warnings(
                shut("spark://host:7077", Map.of("spark.authenticate", "true")), Map.of()))
        .isEmpty();
    assertThat(Exposure.warnings(shut("yarn", Map.of()), Map.of())).isEmpty();
  }

  private static SparkConf shut(String master, Map<String, String> settings) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    settings.forEach(conf::set);
    Exposure.shut(conf, Map.of());
    return conf;
  }
}
