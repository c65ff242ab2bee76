package io.gradzoo.benchmark;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.run.CheckpointFile;
import io.gradzoo.jobs.run.Checkpoints;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainingIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a checkpoint costs a training that AdamW makes, which waits for it: the file is made, its
 * checksum taken, and it is written and renamed.
 *
 * <p>{@code CheckpointBenchmark [TIMES]}; medians in milliseconds, with the tenth and ninetieth
 * percentiles, for metanetworks of several sizes.
 */
public final class CheckpointBenchmark {
  private static final int[] PARAMETERS = {10_000, 107_000, 1_000_000, 2_500_000};
  private static final int WARM_UP = 20;

  private CheckpointBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
    Progress progress = Progress.to(System.err);
    Path folder = Files.createTempDirectory("checkpoints");
    for (int parameters : PARAMETERS) {
      ParameterLayout layout = new ParameterLayout();
      layout.add("weight", Initialization.normal(), parameters);
      double[] milliseconds = new double[times];
      try (Checkpoints checkpoints =
          new RunDirectory(folder.resolve("run")).checkpoints("bench", progress)) {
        for (int i = -WARM_UP; i < times; i++) {
          Standing reached = reached(layout, i + WARM_UP);
          long start = System.nanoTime();
          checkpoints.write(CheckpointFile.of(identity(), List.of(), "", layout, reached));
          milliseconds[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-6;
        }
        checkpoints.delete();
      }
      Arrays.sort(milliseconds);
      System.out.printf(
          Locale.ROOT,
          "%,d parameters: %.1f ms (%.1f to %.1f)%n",
          parameters,
          milliseconds[times / 2],
          milliseconds[times / 10],
          milliseconds[times * 9 / 10]);
    }
    Files.delete(folder);
  }

  /** Parameters, two moments of AdamW and the best parameters. */
  private static Standing reached(ParameterLayout layout, int round) {
    float[] best = layout.initialize(round);
    float[] vector = Arrays.copyOf(best, 3 * best.length);
    return new Standing(
        round,
        new TrainingState(vector, best.length, round),
        Optional.of(new BestOfRounds.Best(best, round, 0.5)));
  }

  private static TrainingIdentity identity() {
    MemberSplits.Part none = new MemberSplits.Part(0, "0".repeat(64));
    return new TrainingIdentity(
        new TreeMap<>(), new MemberSplits(none, none, none), "", Optional.empty());
  }
}
