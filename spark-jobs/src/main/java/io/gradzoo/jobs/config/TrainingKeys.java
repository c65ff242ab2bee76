package io.gradzoo.jobs.config;

import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.OnDivergence;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;

/** Reads a model's training block. */
final class TrainingKeys {
  private TrainingKeys() {}

  static TrainingSettings read(Section section) {
    return new TrainingSettings(
        section.count("shards", 1, 100_000),
        section.count("rounds", 1, 1_000_000),
        section.count("steps-per-round", 1, 1_000_000),
        section.count("batch-size", 1, 1_000_000),
        OptimizerKind.ADAMW,
        section.number("learning-rate", 1e-12, 100),
        section.choice("schedule", LearningRateSchedule.Decay.class),
        section.count("warmup-steps", 0, 1_000_000_000),
        section.number("weight-decay", 0, 100),
        section.number("clip-norm", 1e-6, 1e9),
        section.count("evaluate-every", 1, 1_000_000),
        onDivergence(section));
  }

  /** It came later than the others: hashes of trainings that fail are as they were before. */
  private static OnDivergence onDivergence(Section section) {
    String key = "on-divergence";
    Effects skipping =
        Effects.on(Artefact.MODELS, Artefact.STUDY)
            .onlyWith(section.path(key), OnDivergence.SKIP_SHARD);
    return section.affecting(skipping).choice(key, OnDivergence.class);
  }

  /** Rounds from one checkpoint to the next: no result depends on it. */
  static int checkpointEvery(Section section) {
    return section.affecting(Effects.NONE).count("checkpoint-every", 1, 1_000_000);
  }
}
