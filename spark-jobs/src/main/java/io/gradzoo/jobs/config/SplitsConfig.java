package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Shares of the training runs in each split; they add up to 1. No run is in two splits.
 *
 * @param by what decides in which split a run is
 */
public record SplitsConfig(double train, double validation, double test, By by) {
  /** What decides in which split a run is. */
  public enum By {
    /** A hash of its id: no other run moves it. */
    HASH,
    /** The same, within the runs of each activation and fifth of accuracy. */
    STRATA,
    /** The zoo's publishers; members that they put in no split are in none. */
    PUBLISHED
  }

  /** Of no effect on what was made before there was a choice. */
  private static final List<String> OTHER_THAN_HASH =
      Arrays.stream(By.values())
          .filter(by -> by != By.HASH)
          .map(by -> by.name().toLowerCase(Locale.ROOT))
          .toList();

  static SplitsConfig read(Section section) {
    SplitsConfig splits =
        new SplitsConfig(
            section.number("train", 0, 1),
            section.number("validation", 0, 1),
            section.number("test", 0, 1),
            section
                .affecting(
                    Effects.on(Artefact.MODELS, Artefact.STUDY)
                        .onlyWith(section.path("by"), OTHER_THAN_HASH))
                .choice("by", By.class));
    double sum = splits.train + splits.validation + splits.test;
    if (Math.abs(sum - 1) > 1e-9) {
      section.problem("train", Fault.here().expected("train + validation + test = 1").found(sum));
    } else if (splits.train == 0) {
      section.problem("train", Fault.here().expected("a share above 0").found("0"));
    }
    section.finish();
    return splits;
  }
}
