package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.image.DigitImages;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.table.MembersTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The rows of members that a training run gives. */
class RunTrainerTest {
  private static final int[] CHECKPOINTS = {0, 1, 2};

  @Test
  void everyCheckpointIsAMemberWithItsScoresAndItsHash() {
    RunPlan plan = plan(1e-3);
    List<Row> rows = trainer().train(plan);

    assertThat(rows)
        .extracting(row -> cell(row, MembersTable.MEMBER_ID))
        .containsExactly("r000000-e000", "r000000-e001", "r000000-e002");
    for (Row row : rows) {
      float[] parameters = (float[]) cell(row, MembersTable.PARAMETERS);
      assertThat(cell(row, MembersTable.STATUS)).isEqualTo("ok");
      assertThat(parameters).hasSize(plan.architecture().parameterCount());
      assertThat(cell(row, MembersTable.PARAMETERS_SHA256)).isEqualTo(ContentHash.of(parameters));
      assertThat((Double) cell(row, MembersTable.TEST_ACCURACY)).isBetween(0.0, 1.0);
    }
    assertThat(rows)
        .extracting(row -> cell(row, MembersTable.PARAMETERS_SHA256))
        .doesNotHaveDuplicates();
    assertThat((Double) cell(rows.get(2), "train_loss"))
        .as("training lowers the loss")
        .isLessThan((Double) cell(rows.get(0), "train_loss"));
  }

  @Test
  void aTrainerThatHasTrainedBeforeTrainsTheSame() {
    RunTrainer used = trainer();
    used.train(plan(1e-2));

    assertThat(hashes(used.train(plan(1e-3)))).isEqualTo(hashes(trainer().train(plan(1e-3))));
  }

  @Test
  void aRunThatDivergesKeepsTheMembersItReached() {
    List<Row> rows = trainer().train(plan(1e30));

    assertThat(cell(rows.get(0), MembersTable.STATUS)).isEqualTo("ok");
    for (Row row : rows.subList(1, 3)) {
      assertThat(cell(row, MembersTable.STATUS)).isEqualTo("diverged");
      assertThat(cell(row, MembersTable.PARAMETERS)).isNull();
      assertThat(cell(row, MembersTable.PARAMETERS_SHA256)).isNull();
      assertThat(cell(row, MembersTable.TEST_ACCURACY)).isNull();
      assertThat((String) cell(row, "reason")).startsWith("diverged: ");
    }
  }

  @Test
  void aNetworkThatCannotReadTheImagesFailsByName() {
    RunPlan plan = plan(1e-3);
    List<Row> rows =
        trainer()
            .train(
                new RunPlan(
                    plan.id(), LayeredArchitecture.parse("relu:7:dense4:dense10"), plan.recipe()));

    assertThat(rows).hasSize(3);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(cell(row, MembersTable.STATUS)).isEqualTo("failed");
              assertThat((String) cell(row, "reason")).startsWith("failed: ");
              assertThat(cell(row, MembersTable.PARAMETERS)).isNull();
            });
  }

  private static List<Object> hashes(List<Row> rows) {
    return rows.stream().map(row -> cell(row, MembersTable.PARAMETERS_SHA256)).toList();
  }

  private static RunTrainer trainer() {
    return new RunTrainer(
        DigitImages.load().divide(1, 0.75),
        CHECKPOINTS,
        1,
        new MembersTable.Origin("hash", "code"));
  }

  /** Of an MLP, with no dropout and no penalty to speak of. */
  private static RunPlan plan(double learningRate) {
    RunPlan drawn =
        RunPlan.draw(
            1,
            new ConfigLayers(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                        "zoo.architectures=[\"64:dense4:dense10\"]",
                        "zoo.epochs=2",
                        "zoo.checkpoints=[0,1,2]",
                        "zoo.recipe.activation=[relu]",
                        "zoo.recipe.optimizer=[sgd]"))
                .load()
                .zoo(),
            0);
    Recipe recipe = drawn.recipe();
    return new RunPlan(
        drawn.id(),
        drawn.architecture(),
        new Recipe(
            recipe.optimizer(),
            learningRate,
            0,
            0,
            0.2,
            recipe.batchSize(),
            recipe.epochs(),
            recipe.initializer(),
            recipe.initializerScale(),
            recipe.seed()));
  }

  private static Object cell(Row row, String column) {
    return row.get(MembersTable.SCHEMA.columns().fieldIndex(column));
  }
}
