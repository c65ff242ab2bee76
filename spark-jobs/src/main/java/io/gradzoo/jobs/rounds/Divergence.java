package io.gradzoo.jobs.rounds;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import java.util.Optional;
import java.util.function.Supplier;

/** Training whose numbers cease to be finite, as a mistake in its settings. */
final class Divergence {
  private Divergence() {}

  /**
   * Trains.
   *
   * @param what is trained
   * @throws GradzooException exit code 2 if training diverges, here or in a task of Spark
   */
  static <T> T explained(String what, TrainingSettings settings, Supplier<T> training) {
    try {
      return training.get();
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      Optional<ArithmeticException> divergence = Failures.cause(e, ArithmeticException.class);
      if (divergence.isPresent()) {
        throw GradzooException.usage(
            Fault.of(what)
                .because(divergence.get())
                .fix("a learning rate below %s, or less weight decay", settings.learningRate()));
      }
      throw e;
    }
  }
}
