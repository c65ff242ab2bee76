package io.gradzoo.engine.metanet.gradmetanet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradMetaNetPlusPlusTest {

  @ParameterizedTest
  @CsvSource({"1, NONE, 2786", "8, PARAMETERS, 2928"})
  void hasAsManyParametersAsTheIndependentImplementation(int width, ThetaInput theta, int count) {
    GradMetaNetPlusPlusConfig config =
        new GradMetaNetPlusPlusConfig(
            32, 8, 8, 2, 2, Reduction.MEAN, new GradMetaNetHead.Product(width, theta));

    assertThat(new GradMetaNetPlusPlus(config).layout().size()).isEqualTo(count);
  }
}
