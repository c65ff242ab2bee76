package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The tiny job done once, command by command, into a warehouse; what other jobs must equal. */
final class ReferenceJob {
  private static ReferenceJob done;

  private final Workplace place;
  private boolean complete;
  private final Map<String, Outcome> outcomes = new HashMap<>();

  private ReferenceJob(Workplace place) {
    this.place = place;
  }

  /** Runs every command at the first call in this JVM. */
  static synchronized ReferenceJob get() {
    if (done == null) {
      SharedSession.get();
      done = new ReferenceJob(new Workplace(newFolder()));
      done.runEveryCommand();
      done.complete = true;
    }
    assertThat(done.complete).as("the reference job failed before").isTrue();
    return done;
  }

  Workplace place() {
    return place;
  }

  /** Of a command such as {@code zoo list} or {@code evaluate scalegmn}. */
  Outcome outcome(String command) {
    return outcomes.get(command);
  }

  private void runEveryCommand() {
    run("zoo generate", "zoo", "generate");
    run("zoo list", "zoo", "list");
    run("gradients compute", "gradients", "compute");
    for (String model : Workplace.MODELS) {
      run("train " + model, "train", model);
      run("evaluate " + model, "evaluate", "--run=" + place.run(model));
      run("predict " + model, "predict", "--run=" + place.run(model));
    }
    run("report", "report");
  }

  private void run(String name, String... command) {
    outcomes.put(name, place.gradzoo(command).ok());
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/e2e")), "reference")
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
