package io.gradzoo.engine.metanet.gradmetanet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradMetaNetPlusPlusTest {
  private final GoldenSets golden = new GoldenSets();

  @ParameterizedTest(name = "{0} {1}, {2}")
  @CsvSource({
    "relu_ce, gmnpp, SUM", "relu_ce, gmnpp, MEAN", "relu_ce, gmnpp_theta8, SUM",
        "relu_ce, gmnpp_theta8, MEAN",
    "sine_mse, gmnpp, SUM", "sine_mse, gmnpp, MEAN", "sine_mse, gmnpp_theta8, SUM",
        "sine_mse, gmnpp_theta8, MEAN"
  })
  void parameterOutputsEqualTheGoldenValues(String network, String name, Reduction reduction) {
    GradMetaNetHead.Product head =
        name.equals("gmnpp_theta8")
            ? new GradMetaNetHead.Product(8, GradMetaNetConfig.ThetaInput.PARAMETERS)
            : new GradMetaNetHead.Product(1, GradMetaNetConfig.ThetaInput.NONE);
    GradMetaNetPlusPlus metanet =
        new GradMetaNetPlusPlus(
            new GradMetaNetPlusPlusConfig(
                GoldenSets.SIZE, GoldenSets.POSITIONS, 8, 2, 2, reduction, head));
    assertThat(metanet.layout().size()).isEqualTo(name.equals("gmnpp") ? 2786 : 2928);
    Program program = golden.run(metanet, name, network, head.theta());
    golden.assertProductOutputs(program, network, name, reduction);
  }
}
