package io.gradzoo.jobs.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models trained for a few steps on networks drawn at random. */
class SymmetryCheckTest {
  private static final String MLP = "64:dense8:dense6:dense10";
  private static final String CNN = "1x8x8:conv4k3s1p0:conv4k3s1p0:gap:dense10";
  private static final String TRAINING =
      "training { shards = 2, rounds = 1, steps-per-round = 3, batch-size = 4 }";

  @TempDir static Path folder;
  private static TableStore store;

  @BeforeAll
  static void drawZoos() {
    store = JobRun.in(folder).store();
    writeZoo("mixed", "relu:" + MLP, "tanh:" + MLP, "sine30:" + MLP, "relu:" + CNN, "tanh:" + CNN);
    writeZoo("deeper", "relu:64:dense8:dense8:dense6:dense10");
  }

  @Test
  void aTrainedScaleGmnRespectsItsSymmetriesAndNoOthers() {
    String table = check("members = cnn, scalegmn { direction = bidirectional }", Optional.empty());

    assertThat(table.lines())
        .anyMatch(line -> line.matches(" *neuron permutations +relu +200 .* holds"))
        .anyMatch(line -> line.matches(" *positive scalings +relu +200 .* holds"))
        .anyMatch(line -> line.matches(" *permutations and scalings together +relu .* holds"))
        .anyMatch(line -> line.matches(" *no symmetry: sign flips +relu .* changes, as it should"))
        .anyMatch(line -> line.matches(" *sign flips +tanh +200 .* holds"))
        .anyMatch(line -> line.matches(" *permutations and flips together +tanh .* holds"))
        .anyMatch(
            line -> line.matches(" *no symmetry: positive scalings +tanh .* changes, as it should"))
        .last()
        .isEqualTo("m respects all its symmetries");
  }

  @Test
  void whatThePublicCodeGetsWrongIsFound() {
    String table =
        check(
            "members = mlp, activations = relu,"
                + " scalegmn { direction = bidirectional, compatibility = reference }",
            Optional.empty());

    assertThat(table.lines())
        .anyMatch(line -> line.matches(" *neuron permutations +relu +200 .* holds"))
        .anyMatch(line -> line.matches(" *positive scalings +relu +200 .* VIOLATED"))
        .last()
        .isEqualTo(
            "m fails on positive scalings (relu), permutations and scalings together (relu)");
  }

  @Test
  void aPlainGraphMetanetworkRespectsPermutationsAlone() {
    String table = check("members = mlp, scalegmn { symmetry = permutation }", Optional.empty());

    assertThat(table.lines())
        .anyMatch(line -> line.matches(" *neuron permutations +relu +200 .* holds"))
        .anyMatch(line -> line.matches(" *no symmetry: sign flips +tanh .* changes, as it should"))
        .anyMatch(
            line -> line.matches(" *no symmetry: phase shifts +sine .* changes, as it should"))
        .last()
        .isEqualTo("m respects all its symmetries");
  }

  @Test
  void canonicalPhasesOfSineNetworksAreRespected() {
    String table =
        check(
            "members = mlp, activations = sine, scalegmn { phases = canonical }", Optional.empty());

    assertThat(table.lines())
        .anyMatch(line -> line.matches(" *sign flips +sine +200 .* holds"))
        .anyMatch(line -> line.matches(" *phase shifts +sine +200 .* holds"))
        .last()
        .isEqualTo("m respects all its symmetries");
  }

  @Test
  void aTrainedGradMetaNetRespectsPermutationsAndTheOrderOfTheSet() {
    String table = checkOnGradients("kind = gradmetanet, members = mlp");

    assertThat(table.lines())
        .anyMatch(line -> line.matches(" *neuron permutations +tanh +200 .* holds"))
        .anyMatch(line -> line.matches(" *orders of the set +relu +200 .* holds"))
        .anyMatch(
            line -> line.matches(" *no symmetry: positive scalings +relu .* changes, as it should"))
        .last()
        .isEqualTo("m respects all its symmetries");
  }

  @Test
  void aHybridOnInvariantFeaturesRespectsWhatItsScaleGmnDoes() {
    String table =
        checkOnGradients(
            "kind = hybrid_plus_plus, members = mlp, gradmetanet_plus_plus { width = 8, blocks = 1"
                + " }, scalegmn { width = 8, layers = 2 }",
            "gradients.members=mlp");

    assertThat(table.lines())
        .as(table)
        .anyMatch(line -> line.matches(" *neuron permutations +tanh +200 .* holds"))
        .anyMatch(line -> line.matches(" *orders of the set +sine +200 .* holds"))
        .anyMatch(line -> line.matches(" *positive scalings +relu +200 .* holds"))
        .anyMatch(line -> line.matches(" *permutations and flips together +tanh .* holds"))
        .anyMatch(line -> line.matches(" *no symmetry: sign flips +relu .* changes, as it should"))
        .noneMatch(line -> line.contains("VIOLATED"));
  }

  @Test
  @Tag("slow")
  void aHybridOfAPlainGraphMetanetworkRespectsPermutationsAlone() {
    String table =
        checkOnGradients(
            "kind = hybrid, members = mlp, gradmetanet { width = 8 },"
                + " scalegmn { width = 8, layers = 2, symmetry = permutation }",
            "gradients.members=mlp");

    assertThat(table.lines())
        .anyMatch(line -> line.matches(" *neuron permutations +relu +200 .* holds"))
        .anyMatch(
            line -> line.matches(" *no symmetry: positive scalings +relu .* changes, as it should"))
        .last()
        .isEqualTo("m respects all its symmetries");
  }

  @Test
  void aGradMetaNetOfConvolutionsRespectsPermutationsAndTheOrderOfTheSet() {
    String table =
        checkOnGradients(
            "kind = gradmetanet_convolution, members = cnn, gradmetanet_convolution { width = 8 }",
            "gradients.members=cnn",
            "gradients.convolutions=maps");

    assertThat(table.lines())
        .anyMatch(line -> line.matches(" *neuron permutations +tanh +200 .* holds"))
        .anyMatch(line -> line.matches(" *orders of the set +relu +200 .* holds"))
        .last()
        .isEqualTo("m respects all its symmetries");
  }

  @Test
  void membersOfAnotherDepthAreRefusedByName() {
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class, () -> check("members = mlp", Optional.of("deeper")));

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e)
        .hasMessageContaining(
            "expected 3 affine layers, as this metanetwork was built for, found 4");
  }

  @Test
  void aZooThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new SymmetryCheck(new RunDirectory(folder), Optional.of("../x")))
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("--zoo: expected a name of a-z, 0-9 and _");
  }

  /** Of a model that reads gradient sets, which are computed first. */
  private static String checkOnGradients(String model, String... more) {
    mixed(model, more).run(new GradientComputation());
    return check(model, Optional.empty(), more);
  }

  private static String check(String model, Optional<String> zoo, String... more) {
    JobRun mixed = mixed(model, more);
    mixed.run(new TrainingJob("m"));
    return mixed.printed(new SymmetryCheck(mixed.directory("m"), zoo));
  }

  private static JobRun mixed(String model, String... more) {
    String kind =
        model.contains("kind") ? "" : "kind = scalegmn, scalegmn { width = 8, layers = 2 }, ";
    return JobRun.in(
            folder,
            "zoo.name=mixed",
            "zoo.architectures=[\"" + MLP + "\", \"" + CNN + "\"]",
            "gradients.probe-samples=8",
            "models={m { " + kind + model + ", " + TRAINING + " } }")
        .with(more);
  }

  private static void writeZoo(String zoo, String... architectures) {
    List<Row> rows = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    for (String id : architectures) {
      for (int i = 0; i < 30; i++) {
        rows.add(row(rows.size(), LayeredArchitecture.parse(id), random));
      }
    }
    store.write(
        zoo,
        MembersTable.SCHEMA,
        SharedSession.get().createDataFrame(rows, MembersTable.SCHEMA.columns()),
        TableProperties.of("0123456789abcdef"));
  }

  private static Row row(int number, LayeredArchitecture architecture, SplittableRandom random) {
    float[] parameters = new float[architecture.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.4 * random.nextGaussian());
    }
    Hyperparameters drawn =
        new Hyperparameters("relu", "normal", 0.1, "adam", 1e-3, 1e-6, 0.25, 1.0, 32, 1L);
    String run = "r%06d".formatted(number);
    return MemberRow.healthy(
            run + "-e020",
            20,
            RunColumns.of(run, architecture, BuiltInFamilies.of(architecture).column(), drawn, 1),
            parameters,
            new Scores(0.5, 0.5, 0.5, random.nextDouble()),
            new Origin("cd".repeat(32), "0.1.0"))
        .toRow();
  }
}
