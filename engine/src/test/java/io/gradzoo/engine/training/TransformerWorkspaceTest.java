package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.gradmetanet.TransformerGradMetaNetSpec;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformerWorkspaceTest {
  private static final TransformerArchitecture TRANSFORMER =
      TransformerArchitecture.parse("transformer:v4:t3:d4:h2:f3:l1:relu:full:mean2");

  @Test
  void predictionsForEveryParameterStandInTheFlatLayout() {
    Metanetwork metanetwork =
        new TransformerGradMetaNetSpec(
                new GradMetaNetConfig(
                    2, 4, 6, 1, 1, Reduction.MEAN, new GradMetaNetHead.Product(1, ThetaInput.NONE)),
                1)
            .build();
    float[] parameters = metanetwork.layout().initialize(4);
    float[] numbers = Vectors.gaussian(2 * 3 * TokenFeatures.width(TRANSFORMER), 1, 5);
    double[] targets = new double[TRANSFORMER.parameterCount()];
    Workspace workspace =
        new Workspace(
            metanetwork, new ElementwiseObjective.Standardized(new TargetStatistics(0, 1)));
    workspace.load(parameters);
    float[] predicted =
        workspace
            .predictAll(
                List.of(new Example("m", TRANSFORMER, ExampleParts.ofFeatures(numbers), targets)))[
            0];

    Program program =
        metanetwork.compile(
            TRANSFORMER,
            new Tape(CpuDevice.best(), Parameters.over(parameters), 1, Tape.Mode.INFERENCE));
    program.load(0, ExampleParts.ofFeatures(numbers));
    program.forward(1);
    int at = 0;
    for (Tensor output : program.outputs()) {
      for (int i = 0; i < output.rows(); i++, at++) {
        assertThat(predicted[at]).isEqualTo(output.values()[i]);
      }
    }
    assertThat(at).isEqualTo(predicted.length);
  }
}
