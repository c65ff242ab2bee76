package io.gradzoo.jobs.config;

import static io.gradzoo.jobs.config.Configs.load;
import static io.gradzoo.jobs.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.hybrid.HybridSpec;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.jobs.task.diagonal.FisherDiagonalTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which blocks and members go with which kind of model. */
class ModelConfigTest {
  private static final List<Architecture> MLP =
      List.of(Architectures.parse("relu:64:dense8:dense10"));
  private static final Path CURVATURE = Path.of("../conf/curvature.conf");

  @Test
  void modelsStandOnTheDefaultsOfTheirKind() {
    ModelConfig model =
        load("models.m={kind=gradmetanet, members=mlp, gradmetanet.width=5}")
            .model("m")
            .orElseThrow();

    assertThat(model.spec(MLP))
        .isEqualTo(
            new GradMetaNetConfig(
                64, 8, 5, 2, 2, Reduction.MEAN, new GradMetaNetHead.InvariantVector(1)));
    assertThat(model.training().clipNorm()).isEqualTo(10);
  }

  @Test
  void theLearningRateIsConstantUnlessACosineIsAskedFor() {
    String model = "models.m={kind=gradmetanet, members=mlp}";
    String schedule = "models.m.training.schedule=";
    assertThat(load(model).requireModel("m").training().shape()).isEqualTo(Decay.CONSTANT);
    assertThat(load(model, schedule + "cosine").requireModel("m").training().shape())
        .isEqualTo(Decay.COSINE);
    assertThat(problems(model, schedule + "linear"))
        .containsExactly(
            "config: --set models.m.training.schedule: expected one of constant, cosine, found"
                + " \"linear\"");
  }

  /** As the numbers of docs/curvature.md were made. */
  @ParameterizedTest
  @ValueSource(strings = {"../conf/curvature.conf", "../conf/curvature-small.conf"})
  void thePresetsOfStudiesTrainInOneShardAlongACosine(String preset) {
    assertThat(ConfigLayers.of(Path.of(preset)).load().models().values())
        .filteredOn(model -> model.task().equals(new FisherDiagonalTask()))
        .isNotEmpty()
        .allSatisfy(
            model -> {
              assertThat(model.training().shape()).isEqualTo(Decay.COSINE);
              assertThat(model.training().shards()).isEqualTo(1);
              assertThat(model.training().evaluateEvery()).isEqualTo(1);
            });
  }

  @Test
  void transformersAreTrainedOnImagesAndDifferentiatedByTheirLoss() {
    String transformer = "transformer:v8:t16:d4:h2:f4:l1:relu:full:mean10";
    String architectures = "zoo.architectures=[\"" + transformer + "\"]";
    String members = "gradients.members=transformer";
    assertThat(problems(architectures, "zoo.source=random"))
        .containsExactly(
            "config: --set zoo.architectures: \""
                + transformer
                + "\": expected no transformers with zoo.source = random (fix: zoo.source ="
                + " trained)");
    assertThat(
            problems(architectures, members, "gradients.signal=output", "gradients.loss=output_k"))
        .containsExactly(
            "config: --set gradients.signal: expected label or model_sampled for the transformers"
                + " of the zoo, found output");
    assertThat(
            problems(
                architectures, members, "gradients.probe=points", "gradients.signal=model_sampled"))
        .containsExactly(
            "config: --set gradients.probe: expected images for the transformers of the zoo, found"
                + " points");
  }

  @Test
  void transformersAreReadByTheirOwnKindAlone() {
    assertThat(
            problems(
                "zoo.architectures=[\"transformer:v8:t16:d4:h2:f4:l1:relu:full:mean10\",\"64:dense10\"]",
                "gradients.members=all",
                "models.a={kind=scalegmn, members=transformer}",
                "models.b={kind=hybrid, members=transformer}",
                "models.c={kind=gradmetanet_convolution, members=transformer}",
                "models.d={kind=gradmetanet_transformer, members=mlp}",
                "models.e={kind=gradmetanet_transformer, members=transformer, activations=relu}",
                "models.f={kind=gradmetanet_transformer, members=transformer, task=fisher_trace}",
                "models.g={kind=neuron_mlp, members=transformer, task=fisher_diagonal}"))
        .contains(
            "config: --set models.a.members: expected mlp or cnn with kind = scalegmn (fix: kind ="
                + " gradmetanet_transformer)",
            "config: --set models.b.members: expected mlp: a hybrid reads exact factors, which only"
                + " dense layers have (fix: kind = gradmetanet_transformer)",
            "config: --set models.c.members: expected cnn with kind = gradmetanet_convolution (fix:"
                + " kind = gradmetanet_transformer)",
            "config: --set models.d.members: expected transformer with kind ="
                + " gradmetanet_transformer (fix: kind = gradmetanet or gradmetanet_plus_plus or"
                + " hybrid or hybrid_plus_plus)",
            "config: --set models.e.activations: expected all with members = transformer, found"
                + " relu",
            "config: --set models.f.task: expected accuracy or classification with kind = gradmetanet_transformer,"
                + " found fisher_trace",
            "config: --set models.g.members: expected mlp: a neuron_mlp reads exact factors, which"
                + " only dense layers have");
  }

  @Test
  void aGradMetaNetNeedsGradientSetsOfItsMembers() {
    assertThat(
            problems(
                "zoo.architectures=[\"1x8x8:conv4k3s1p0:gap:dense10\",\"64:dense10\"]",
                "gradients.members=cnn",
                "models.a={kind=gradmetanet, members=cnn}",
                "models.b={kind=gradmetanet, members=mlp}"))
        .containsExactly(
            "config: --set models.a.members: expected mlp: a gradmetanet reads exact factors,"
                + " which only dense layers have (fix: kind = gradmetanet_convolution)",
            "config: --set models.b.members: expected gradients.members to include mlp");
  }

  @Test
  void aGradMetaNetOfConvolutionsNeedsMapsOfCnns() {
    String architectures = "zoo.architectures=[\"1x8x8:conv4k3s1p0:gap:dense10\",\"64:dense10\"]";
    assertThat(
            problems(
                architectures,
                "gradients.members=all",
                "models.a={kind=gradmetanet_convolution, members=cnn}",
                "models.b={kind=gradmetanet_convolution, members=mlp}"))
        .containsExactly(
            "config: --set models.a.kind: expected gradients.convolutions = maps with kind ="
                + " gradmetanet_convolution",
            "config: --set models.b.members: expected cnn with kind = gradmetanet_convolution (fix:"
                + " kind = gradmetanet or gradmetanet_plus_plus or hybrid or hybrid_plus_plus)");
  }

  @Test
  void aHybridHasTheBlocksOfItsParts() {
    ModelConfig model =
        load("models.m={kind=hybrid_plus_plus, members=mlp, gradmetanet_plus_plus.heads=3,"
                + " scalegmn.width=5, hybrid.features=6}")
            .requireModel("m");

    assertThat(model.spec(MLP))
        .isInstanceOfSatisfying(
            HybridSpec.class,
            hybrid -> {
              assertThat(hybrid.gradients())
                  .isEqualTo(
                      new GradMetaNetPlusPlusConfig(
                          64,
                          8,
                          16,
                          2,
                          3,
                          Reduction.MEAN,
                          new GradMetaNetHead.Product(6, GradMetaNetConfig.ThetaInput.NONE)));
              assertThat(hybrid.graph().width()).isEqualTo(5);
            });
    assertThat(model.kind().name()).isEqualTo("hybrid_plus_plus");
    assertThat(model.readsGradients()).isTrue();
  }

  @Test
  void onlyFisherDiagonalsAreReweighted() {
    GradzooConfig config = ConfigLayers.of(CURVATURE).load();
    assertThat(config.models().values())
        .filteredOn(ModelConfig::reweightsEstimate)
        .extracting(ModelConfig::name)
        .containsExactly("gradmetanet-plus-plus-reweighted", "gradmetanet-reweighted");

    List<String> assignments = List.of("models.gradmetanet-trace.gradmetanet.estimate=reweighted");
    assertThat(problems(new ConfigLayers(Optional.of(CURVATURE), Optional.empty(), assignments)))
        .singleElement()
        .asString()
        .endsWith("task: expected fisher_diagonal with estimate = reweighted");
  }
}
