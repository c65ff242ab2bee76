package io.gradzoo.jobs.model.scalegmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.BoundaryUpdate;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Canonicalization;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.HiddenEncoding;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Positions;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.ReadoutNodes;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnSpec;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a block of a ScaleGMN makes of the engine's config. */
class ScaleGmnKindTest {
  private static final String RELU = "relu:64:dense8:dense10";
  private static final String CNN = "relu:1x8x8:conv4k3s1p0:gap:dense10";
  private static final String MODEL = "models.m={kind=scalegmn, members=mlp, scalegmn {%s}}";

  @Test
  void theDefaultsAreTheForwardVariant() {
    assertThat(network(""))
        .isEqualTo(
            new ScaleGmnConfig(
                RescalingGroup.SCALE,
                Direction.FORWARD,
                32,
                3,
                new ScaleGmnHead.Invariant(ReadoutNodes.LAST_LAYER, 1),
                Canonicalization.SYMMETRIZED,
                Phases.AS_GIVEN,
                BoundaryUpdate.PERCEPTRON,
                2,
                2,
                Positions.DEFAULT,
                false,
                true,
                0,
                0,
                Compatibility.EXACT));
  }

  @Test
  void everyChoiceOfTheEngineCanBeWritten() {
    ScaleGmnConfig network =
        network(
            "symmetry=hetero, width=5, layers=6, head=invariant, readout=full_graph, outputs=7,"
                + " direction=bidirectional, canonicalization=absolute, boundary=gate,"
                + " message-networks=3, update-networks=3, positions {hidden=equivariant_network,"
                + " networks=2, sum-on-boundary=false, edges=true, in-messages=true,"
                + " in-updates=true}, skip-connections=true, layer-norm=false, dropout=0.1,"
                + " mlp-dropout=0.2, phases=canonical, compatibility=reference");

    assertThat(network)
        .isEqualTo(
            new ScaleGmnConfig(
                RescalingGroup.HETERO,
                Direction.BIDIRECTIONAL,
                5,
                6,
                new ScaleGmnHead.Invariant(ReadoutNodes.FULL_GRAPH, 7),
                Canonicalization.ABSOLUTE,
                Phases.CANONICAL,
                BoundaryUpdate.GATE,
                3,
                3,
                new Positions(HiddenEncoding.EQUIVARIANT_NETWORK, false, 2, true, true, true),
                true,
                false,
                0.1f,
                0.2f,
                Compatibility.REFERENCE));
  }

  @Test
  void theGroupFollowsFromTheMembersWhereNoneIsAskedFor() {
    assertThat(network("", "tanh:64:dense8:dense10").symmetry()).isEqualTo(RescalingGroup.SIGN);
    assertThat(network("", RELU, "tanh:64:dense8:dense10").symmetry())
        .isEqualTo(RescalingGroup.HETERO);
    assertThat(network("symmetry=permutation").symmetry()).isEqualTo(RescalingGroup.PERMUTATION);
  }

  @Test
  void headsOfChangesFollowTheBlockAndTheMembers() {
    assertThat(network("head=parameter_deltas, initial-scale=0.5").head())
        .isEqualTo(new ScaleGmnHead.ParameterDeltas(0.5f));
    assertThat(network("head=graph_deltas", CNN).head()).isEqualTo(new ScaleGmnHead.GraphDeltas(9));
    assertThat(network("head=parameter_products, initial-scale=0.5, gauge=balanced").head())
        .isEqualTo(
            new ScaleGmnHead.ParameterDeltas(
                0.5f, WeightTerms.GATED_AND_PRODUCTS, WeightGauge.BALANCED));
  }

  /** A run of a build that knew no gauges names none, and its hash is still that of its model. */
  @Test
  void aConfigThatNamesNoGaugeIsReadAsGivenUnderTheHashThatItHad() {
    GradzooConfig unnamed = config("head=parameter_products");
    GradzooConfig given = config("head=parameter_products, gauge=as_given");
    GradzooConfig balanced = config("head=parameter_products, gauge=balanced");

    assertThat(hash(given)).isEqualTo(hash(unnamed)).isNotEqualTo(hash(balanced));
    assertThat(unnamed.effective().modelSettings(unnamed.requireModel("m")))
        .doesNotContainKey("models.m.scalegmn.gauge");
    assertThat(unnamed.effective().json()).contains("\"gauge\": \"as_given\"");
  }

  private static String hash(GradzooConfig config) {
    return config.effective().modelHash(config.requireModel("m"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "symmetry=scales | symmetry: expected one of auto, scale, sign, hetero, permutation, found"
            + " \"scales\" (did you mean scale?)",
        "message-networks=4 | message-networks: expected a whole number from 2 to 3, found \"4\"",
        "dropout=1 | dropout: expected a number from 0 to 0.99, found \"1\"",
        "head=deltas | head: expected one of invariant, parameter_deltas, parameter_products, graph_deltas",
        "phases=canonical, head=graph_deltas | phases: canonical phases need head = invariant",
        "edge-width=9 | edge-width: unknown key",
        "positions.node=true | positions.node: unknown key",
        "symmetry=permutation, positions.in-updates=true | symmetry: expected both"
            + " positions.in-messages and",
      })
  void mistakesAreNamed(String block, String problem) {
    GradzooException e = catchThrowableOfType(GradzooException.class, () -> network(block));

    assertThat(e.problems())
        .singleElement()
        .asString()
        .startsWith("config: --set models.m.scalegmn." + problem);
  }

  private static ScaleGmnConfig network(String block) {
    return network(block, RELU);
  }

  private static GradzooConfig config(String block) {
    return new ConfigLayers(
            Optional.<Path>empty(), Optional.empty(), List.of(MODEL.formatted(block)))
        .load();
  }

  private static ScaleGmnConfig network(String block, String... members) {
    var model = config(block).requireModel("m");
    return ((ScaleGmnSpec) model.spec(Arrays.stream(members).map(Architectures::parse).toList()))
        .config();
  }
}
