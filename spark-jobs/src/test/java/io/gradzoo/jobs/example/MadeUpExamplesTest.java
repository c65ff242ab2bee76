package io.gradzoo.jobs.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.inference.Predictor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every model of the presets runs on the examples that are made up for it. */
class MadeUpExamplesTest {
  @ParameterizedTest
  @CsvSource({
    "digits, scalegmn",
    "digits, gradmetanet",
    "digits-transformers, gradmetanet",
    "curvature-small, gradmetanet-reweighted",
    "curvature, gradmetanet",
    "curvature, gradmetanet-plus-plus",
    "curvature, deepsets"
  })
  void aModelRunsOnThem(String preset, String name) {
    GradzooConfig config = ConfigLayers.of(Path.of("../conf/" + preset + ".conf")).load();
    ModelConfig model = config.requireModel(name);
    List<Architecture> architectures = MadeUpExamples.architectures(config, model);
    List<Example> examples = MadeUpExamples.of(model, architectures, 3, 1);
    Predictor predictor =
        Predictor.of(
            model.task(),
            model.outputUnit(),
            model.spec(architectures),
            MadeUpExamples.statistics(model));

    float[][] predicted = predictor.workspace().predictAll(examples);

    for (int i = 0; i < predicted.length; i++) {
      assertThat(predicted[i]).hasSameSizeAs(examples.get(i).targets());
    }
  }
}
