package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.optimize.OuterOptimizer;
import io.gradzoo.engine.training.Averaging;
import io.gradzoo.engine.training.OnDivergence;
import io.gradzoo.engine.training.OptimizerState;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.ConfigSpelling;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.List;

/** Reads a model's training block. */
final class TrainingKeys {
  private static final Effects TRAININGS = Effects.on(Artefact.MODELS, Artefact.STUDY);
  private static final List<OptimizerKind> RULES = List.of(OptimizerKind.ADAMW, OptimizerKind.SGD);

  private TrainingKeys() {}

  /** What becomes of the averaged parameters. */
  private enum OuterRule {
    NONE,
    NESTEROV
  }

  /**
   * @param studied what the model affects beside itself
   */
  static TrainingSettings read(Section section, Effects studied) {
    int shards = section.count("shards", 1, 100_000);
    Effects unlessEpochs =
        Effects.on(Artefact.MODELS).onlyWith(section.path("epochs"), List.of("0"));
    int rounds = section.affecting(unlessEpochs.and(studied)).count("rounds", 1, 1_000_000);
    int stepsPerRound = section.count("steps-per-round", 1, 1_000_000);
    int batchSize = section.count("batch-size", 1, 1_000_000);
    OptimizerKind optimizer = choice(section, "optimizer", RULES);
    return new TrainingSettings(
        shards,
        rounds,
        stepsPerRound,
        batchSize,
        optimizer,
        section.number("learning-rate", 1e-12, 100),
        section.choice("schedule", LearningRateSchedule.Decay.class),
        section.count("warmup-steps", 0, 1_000_000_000),
        weightDecay(section, optimizer),
        section.number("clip-norm", 1e-6, 1e9),
        section.count("evaluate-every", 1, 1_000_000),
        new Averaging(
            choice(section, "optimizer-state", List.of(OptimizerState.values())),
            outer(section.section("outer")),
            choice(section, "on-divergence", List.of(OnDivergence.values()))),
        count(section, "gradient-accumulation", 1),
        count(section, "epochs", 0),
        count(section, "patience", 0));
  }

  /** AdamW alone decays weights, so plain descent leaves the key out. */
  private static double weightDecay(Section section, OptimizerKind optimizer) {
    double decay = section.number("weight-decay", 0, 100);
    if (optimizer == OptimizerKind.ADAMW || decay == 0 || section.wrong("weight-decay")) {
      return decay;
    }
    section.problem(
        "weight-decay",
        Fault.here().expected("0 with optimizer = sgd").found(ConfigSpelling.plain(decay)));
    return 0;
  }

  private static OuterOptimizer outer(Section section) {
    OuterRule rule = choice(section, "optimizer", List.of(OuterRule.values()));
    Section own =
        section.affecting(TRAININGS.onlyWith(section.path("optimizer"), OuterRule.NESTEROV));
    double learningRate = own.number("learning-rate", 1e-6, 100);
    double momentum = own.number("momentum", 0, 0.9999);
    section.finish();
    return rule == OuterRule.NONE
        ? OuterOptimizer.AVERAGE
        : new OuterOptimizer(learningRate, momentum);
  }

  /**
   * A choice that came later than others: while it is the first one, hashes are as they were
   * before.
   */
  private static <E extends Enum<E>> E choice(Section section, String key, List<E> choices) {
    String usual = ConfigSpelling.name(choices.get(0));
    return section.affecting(TRAININGS.unless(section.path(key), usual)).choice(key, choices);
  }

  /** Likewise a number, while it is the least. */
  private static int count(Section section, String key, int least) {
    Effects effects = TRAININGS.unless(section.path(key), String.valueOf(least));
    return section.affecting(effects).count(key, least, 1_000_000);
  }

  /**
   * What makes the rounds. A study trains each model in one thread and has no such choice.
   *
   * @param settings of the same block
   */
  static TrainerChoice trainer(Section section, TrainingSettings settings, MetanetworkTask task) {
    TrainerChoice trainer =
        section
            .affecting(
                Effects.on(Artefact.MODELS)
                    .unless(section.path("trainer"), ConfigSpelling.name(TrainerChoice.AVERAGING)))
            .choice("trainer", TrainerChoice.class);
    if (trainer == TrainerChoice.DL4J) {
      requireDl4j(section, settings, task);
    }
    return trainer;
  }

  /** Refuses what DL4J's parameter averaging has not. */
  private static void requireDl4j(
      Section section, TrainingSettings settings, MetanetworkTask task) {
    Averaging averaging = settings.averaging();
    if (settings.accumulation() != 1) {
      only(section, "gradient-accumulation", "1", String.valueOf(settings.accumulation()));
    }
    if (averaging.optimizerState() != OptimizerState.AVERAGED) {
      only(section, "optimizer-state", "averaged", ConfigSpelling.name(averaging.optimizerState()));
    }
    if (averaging.onDivergence() != OnDivergence.FAIL) {
      only(section, "on-divergence", "fail", ConfigSpelling.name(averaging.onDivergence()));
    }
    if (task.usesImages() || task.numbers() > 1) {
      section.problem(
          "trainer", Fault.here().expected("averaging with task = %s", task.name()).found("dl4j"));
    }
  }

  private static void only(Section section, String key, String expected, String found) {
    section.problem(key, Fault.here().expected("%s with trainer = dl4j", expected).found(found));
  }

  /** Rounds from one checkpoint to the next: no result depends on it. */
  static int checkpointEvery(Section section) {
    return section.affecting(Effects.NONE).count("checkpoint-every", 1, 1_000_000);
  }
}
