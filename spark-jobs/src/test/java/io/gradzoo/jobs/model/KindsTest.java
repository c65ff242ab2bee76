package io.gradzoo.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.task.diagonal.FisherDiagonalTask;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KindsTest {
  private static final List<String> IMAGES =
      List.of(
          "zoo.architectures=[\"64:dense8:dense10\",\"1x8x8:conv4k3s1p0:gap:dense10\","
              + "\"transformer:v8:t16:d4:h2:f4:l1:relu:full:mean10\"]",
          "gradients={members=all, convolutions=maps}");
  private static final List<String> POINTS =
      List.of(
          "zoo={source=random, images=none, architectures=[\"sine1:1:dense4:dense1\"]}",
          "gradients={probe=points, target-samples=16, signal=output, loss=output_k}");

  @Test
  void noTwoKindsHaveOneName() {
    assertThatThrownBy(() -> BuiltInKinds.ALL.with(BuiltInKinds.ALL.all().get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two kinds of one name");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatAKindSaysItUsesIsWhatItsDesignReads(String name) {
    MetanetworkKind kind = BuiltInKinds.ALL.named(name).orElseThrow();
    MetanetworkDesign design = design(kind);

    Optional<GradientInput> input = design.gradients(5);
    assertThat(input.isPresent()).isEqualTo(kind.uses().gradients());
    assertThat(input.map(GradientInput::samples).orElse(5)).isEqualTo(5);
    assertThat(input.map(GradientInput::usesTokens).orElse(false))
        .isEqualTo(kind.uses() == MemberUse.TOKENS);
  }

  @Test
  void otherKindsAreNamedThatServeTheMembersAndTheTask() {
    MetanetworkKind hybrid = BuiltInKinds.ALL.named("hybrid").orElseThrow();
    assertThat(
            BuiltInKinds.ALL.inPlaceOf(
                hybrid, BuiltInFamilies.ALL.named("cnn").orElseThrow(), new AccuracyTask()))
        .extracting(MetanetworkKind::name)
        .containsExactly("gradmetanet_convolution");
    MetanetworkKind graph = BuiltInKinds.ALL.named("scalegmn").orElseThrow();
    assertThat(
            BuiltInKinds.ALL.inPlaceOf(
                graph, BuiltInFamilies.ALL.named("transformer").orElseThrow(), new AccuracyTask()))
        .extracting(MetanetworkKind::name)
        .containsExactly("gradmetanet_transformer");
    assertThat(
            BuiltInKinds.ALL.inPlaceOf(
                hybrid, BuiltInFamilies.ALL.named("cnn").orElseThrow(), new FisherDiagonalTask()))
        .isEmpty();
  }

  private static Stream<String> kinds() {
    return BuiltInKinds.ALL.names().stream();
  }

  /** Of the defaults, on members that the kind reads. */
  private static MetanetworkDesign design(MetanetworkKind kind) {
    MetanetworkTask task =
        BuiltInTasks.ALL.all().stream().filter(kind::serves).findFirst().orElseThrow();
    String model =
        "models.m={kind=%s, members=%s, task=%s}"
            .formatted(
                kind.name(), BuiltInFamilies.ALL.offering(kind.uses()).get(0).name(), task.name());
    return new ConfigLayers(
            Optional.<Path>empty(),
            Optional.empty(),
            Stream.concat((task.usesTargetSets() ? POINTS : IMAGES).stream(), Stream.of(model))
                .toList())
        .load()
        .requireModel("m")
        .design();
  }
}
