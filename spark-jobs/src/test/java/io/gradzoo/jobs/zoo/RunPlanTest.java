package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.RecipeConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.config.block.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is drawn for the runs of a zoo. */
class RunPlanTest {
  private static final String MLP = "64:dense4:dense10";
  private static final String TRANSFORMER = "transformer:v4:t4:d4:h2:f5:l1:relu:full:mean10";

  @Test
  void aRunDependsOnSeedConfigAndNumberAlone() {
    RunPlan plan = RunPlan.draw(3, zoo("zoo.runs=5"), 4);

    assertThat(RunPlan.draw(3, zoo("zoo.runs=500"), 4)).isEqualTo(plan);
    assertThat(RunPlan.draw(4, zoo("zoo.runs=5"), 4).recipe()).isNotEqualTo(plan.recipe());
    assertThat(RunPlan.draw(3, zoo("zoo.runs=5"), 5).recipe()).isNotEqualTo(plan.recipe());
  }

  @Test
  void everyNumberIsInItsIntervalAndEveryChoiceIsDrawn() {
    ZooConfig zoo = zoo();
    RecipeConfig from = zoo.recipe();
    List<RunPlan> plans = draw(zoo, 300);

    assertThat(plans)
        .hasSize(300)
        .extracting(RunPlan::recipe)
        .allSatisfy(
            recipe -> {
              assertIn(from.learningRate(), recipe.learningRate());
              assertIn(from.l2(), recipe.l2());
              assertIn(from.initializerScale(), recipe.initializerScale());
              assertThat(recipe.epochs()).isEqualTo(zoo.epochs());
              assertThat(recipe.batchSize()).isEqualTo(zoo.batchSize());
            });
    assertThat(plans).extracting(plan -> plan.recipe().optimizer()).containsAll(from.optimizers());
    assertThat(plans)
        .extracting(plan -> plan.recipe().trainFraction())
        .containsAll(from.trainFractions());
    assertThat(plans)
        .extracting(plan -> plan.recipe().initializer())
        .containsAll(from.initializers());
    assertThat(plans).extracting(plan -> plan.recipe().seed()).doesNotHaveDuplicates();
    assertThat(plans)
        .extracting(plan -> plan.architecture().id())
        .contains("relu:" + MLP, "tanh:" + MLP, TRANSFORMER);
  }

  @Test
  void learningRatesAreUniformInTheirLogarithm() {
    Interval rates = zoo().recipe().learningRate();
    double middle = Math.sqrt(rates.low() * rates.high());
    long below = draw(zoo(), 400).stream().filter(p -> p.recipe().learningRate() < middle).count();

    // Four standard errors of a share of one half.
    assertThat(below).isBetween(160L, 240L);
  }

  @Test
  void onlyTransformersHaveNoDropout() {
    List<RunPlan> plans = draw(zoo("zoo.recipe.dropout=[0.2,0.4]"), 60);

    assertThat(plans)
        .filteredOn(plan -> plan.architecture() instanceof TransformerArchitecture)
        .isNotEmpty()
        .allSatisfy(plan -> assertThat(plan.recipe().dropout()).isZero());
    assertThat(plans)
        .filteredOn(plan -> plan.architecture() instanceof LayeredArchitecture)
        .isNotEmpty()
        .allSatisfy(plan -> assertThat(plan.recipe().dropout()).isBetween(0.2, 0.4));
  }

  @Test
  void idsSortByRunThenEpoch() {
    RunPlan plan = RunPlan.draw(3, zoo(), 12);

    assertThat(plan.id()).isEqualTo("r000012");
    assertThat(plan.memberId(7)).isEqualTo("r000012-e007");
    assertThat(RunPlan.id(9)).isLessThan(RunPlan.id(10));
  }

  private static void assertIn(Interval interval, double value) {
    assertThat(value).isBetween(interval.low() * (1 - 1e-12), interval.high() * (1 + 1e-12));
  }

  private static List<RunPlan> draw(ZooConfig zoo, int count) {
    return LongStream.range(0, count).mapToObj(number -> RunPlan.draw(3, zoo, number)).toList();
  }

  private static ZooConfig zoo(String... more) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "zoo.architectures=[\"" + MLP + "\",\"" + TRANSFORMER + "\"]",
                "zoo.recipe.l2=[1e-6,1e-3]"));
    assignments.addAll(List.of(more));
    return new ConfigLayers(Optional.empty(), Optional.empty(), assignments).load().zoo();
  }
}
