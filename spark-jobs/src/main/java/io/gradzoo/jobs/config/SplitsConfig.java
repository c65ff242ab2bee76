package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.config.block.Section;

/** Shares of the training runs in each split; they add up to 1. No run is in two splits. */
public record SplitsConfig(double train, double validation, double test) {
  static SplitsConfig read(Section section) {
    SplitsConfig splits =
        new SplitsConfig(
            section.number("train", 0, 1),
            section.number("validation", 0, 1),
            section.number("test", 0, 1));
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
