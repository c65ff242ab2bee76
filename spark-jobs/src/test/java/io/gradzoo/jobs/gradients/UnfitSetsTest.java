package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradientsConfig.LossKind;
import io.gradzoo.jobs.config.GradientsConfig.SignalKind;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Members, probe sets and labels that do not go together: refused by the member's name. */
class UnfitSetsTest {
  private static final SignalRule CE = new SignalRule(SignalKind.LABEL, LossKind.CE, 0);
  private static final SignalRule SIXTH_OUTPUT =
      new SignalRule(SignalKind.OUTPUT, LossKind.OUTPUT_K, 5);

  @Test
  void aProbeSetOfAnotherShape() {
    assertThat(problem(member("relu:3:dense2"), probe(2, 1, 0), CE))
        .contains("member m: expected 2 inputs, as the probe set has, found 3");
  }

  @Test
  void aProbeSetOfOtherClasses() {
    assertThat(problem(member("relu:2:dense3"), probe(2, 1, 0), CE))
        .contains("member m: expected 2 outputs, as the labels have classes, found 3");
  }

  @Test
  void labelsOutOfRange() {
    assertThat(problem(member("relu:2:dense2"), probe(2, 0, 7), CE))
        .contains("member m: ", "expected labels in 0…1, found 7 at sample 1");
  }

  @Test
  void anOutputThatTheNetworkHasNot() {
    assertThat(problem(member("relu:2:dense2"), probe(2, 0, 1), SIXTH_OUTPUT))
        .contains("member m: expected more than 5 outputs (gradients.output), found 2");
  }

  @Test
  void weightsThatAreNoNumbers() {
    float[] parameters = new float[6];
    parameters[4] = Float.NaN;

    assertThat(problem(member("relu:2:dense2", parameters), probe(2, 0, 1), CE))
        .contains("member m: expected finite parameters, found NaN at 4");
  }

  @Test
  void weightsThatOverflow() {
    float[] parameters = new float[12];
    Arrays.fill(parameters, 3e38f);

    assertThat(problem(member("relu:2:dense2:dense2", parameters), probe(2, 0, 1), CE))
        .contains(
            "member m: expected losses, gradients and their mean squares that float32 can hold")
        .contains("(overflow)");
  }

  @Test
  void networksWithoutAGradientRule() {
    MemberRow member = member("gelu:2:attention4:dense2", new float[6]);

    GradzooException e =
        catchThrowableOfType(GradzooException.class, () -> StoredWeights.architecture(member));

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e)
        .hasMessageContaining(
            "member m: expected an architecture, found gelu:2:attention4:dense2 (fix: ");
  }

  private static String problem(MemberRow member, ProbeSet probe, SignalRule rule) {
    Architecture architecture = StoredWeights.architecture(member);
    SetDefinition definition = new SetDefinition(member, architecture, probe, rule, 0);
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class,
            () ->
                new SetExtraction(
                        definition,
                        8,
                        BuiltInGradients.of(architecture)
                            .extraction(architecture, ConvolutionForm.GRADIENTS))
                    .next());
    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e.problems()).hasSize(1);
    assertThat(e.problems().get(0)).contains("(fix: ");
    return e.problems().get(0);
  }

  /** Two samples with two classes. */
  private static ProbeSet probe(int inputs, int... labels) {
    return new ProbeSet("p", 2, new float[2 * inputs], labels, null, 2, "digits", "{}", 1);
  }

  private static MemberRow member(String architecture) {
    return member(
        architecture, GaussianNetwork.parameters(LayeredArchitecture.parse(architecture), 1));
  }

  private static MemberRow member(String architecture, float[] parameters) {
    RunColumns run = new RunColumns("r", architecture, "mlp", null, 0.5);
    return MemberRow.healthy("m", 0, run, parameters, Scores.NONE, new Origin("", ""));
  }
}
