package io.gradzoo.jobs.run;

import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.GradzooException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A checkpoint of a training as a safetensors file: the tensors {@code parameters.NAME}, {@code
 * moments.1.NAME}, … of the optimiser and {@code best.NAME}; with an outer optimiser {@code
 * velocity.NAME}, with moments of each shard {@code shards.0.moments.1.NAME}, …. As metadata the
 * round, the metrics so far and what the training depends on, with a checksum of all that.
 *
 * @param metadata without the checksum
 * @param sha256 the checksum
 */
public record CheckpointFile(
    SortedMap<String, String> metadata, SortedMap<String, FloatTensor> tensors, String sha256) {
  private static final String FORMAT = "format";
  private static final String VERSION = "gradzoo-checkpoint-1";
  private static final String ROUND = "round";
  private static final String STEPS = "steps";
  private static final String BEST_ROUND = "best-round";
  private static final String BEST_SCORE = "best-score";
  private static final String METRICS = "metrics";
  private static final String INPUT_TABLES = "input-tables";
  private static final String PARAMETERS = "parameters.";
  private static final String MOMENTS = "moments.%d.";
  private static final String BEST = "best.";
  private static final String VELOCITY = "velocity.";
  private static final String OF_SHARD = "shards.%d.";
  private static final Pattern COUNT = Pattern.compile("\\d{1,13}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");

  /**
   * A checkpoint.
   *
   * @param inputTables the versions of the tables that are read, a line each
   * @param metrics lines of the rounds so far
   * @param layout of the parameters
   */
  public static CheckpointFile of(
      TrainingIdentity identity,
      List<String> inputTables,
      String metrics,
      ParameterLayout layout,
      Standing reached) {
    SortedMap<String, String> metadata = new TreeMap<>(identity.metadata());
    metadata.put(FORMAT, VERSION);
    metadata.put(ROUND, Integer.toString(reached.round()));
    metadata.put(STEPS, Long.toString(reached.state().steps()));
    metadata.put(METRICS, metrics);
    metadata.put(INPUT_TABLES, String.join("\n", inputTables));
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    for (StatePart part : parts(reached.state(), layout.size())) {
      SealedTensors.put(tensors, part.prefix(), layout, part.numbers(), part.from());
    }
    reached
        .best()
        .ifPresent(
            best -> {
              metadata.put(BEST_ROUND, Integer.toString(best.round()));
              metadata.put(BEST_SCORE, Double.toString(best.score()));
              SealedTensors.put(tensors, BEST, layout, best.parameters(), 0);
            });
    return new CheckpointFile(metadata, tensors, SealedTensors.checksum(metadata, tensors));
  }

  /**
   * Reads a file's bytes.
   *
   * @param name of the file, for messages
   * @throws RuntimeException one that is faulty if it is no checkpoint, or damaged
   */
  public static CheckpointFile parse(String name, byte[] bytes) {
    Safetensors file = Safetensors.parse(name, bytes);
    SortedMap<String, String> metadata = new TreeMap<>(file.metadata());
    String expected = metadata.remove(SealedTensors.CHECKSUM);
    String found = SealedTensors.checksum(metadata, file.tensors());
    if (!VERSION.equals(metadata.get(FORMAT)) || !found.equals(expected) || !complete(metadata)) {
      throw GradzooException.data(
          Fault.of("checkpoint")
              .at(name)
              .expected("%s of SHA-256 %s", VERSION, expected == null ? "…" : expected)
              .found("%s of %s", metadata.getOrDefault(FORMAT, "another file"), found)
              .fix("name an older checkpoint"));
    }
    return new CheckpointFile(metadata, file.tensors(), found);
  }

  private static boolean complete(SortedMap<String, String> metadata) {
    return COUNT.matcher(metadata.getOrDefault(ROUND, "")).matches()
        && COUNT.matcher(metadata.getOrDefault(STEPS, "")).matches()
        && (!metadata.containsKey(BEST_ROUND)
            || (COUNT.matcher(metadata.get(BEST_ROUND)).matches()
                && NUMBER.matcher(metadata.getOrDefault(BEST_SCORE, "")).matches()));
  }

  private long number(String key) {
    return Long.parseLong(metadata.get(key));
  }

  private double score() {
    return Double.parseDouble(metadata.get(BEST_SCORE));
  }

  /** What the training depends on; empty if it does not say so. */
  public Optional<TrainingIdentity> identity() {
    return TrainingIdentity.of(metadata);
  }

  /** The round that was completed last. */
  public int round() {
    return Math.toIntExact(number(ROUND));
  }

  /** Lines of the rounds so far. */
  public String metrics() {
    return metadata.getOrDefault(METRICS, "");
  }

  /**
   * Where the training stands.
   *
   * @param name of the file, for messages
   * @param layout of the parameters
   * @param initial state of the training that goes on from here; a velocity that the file has not
   *     is as there
   * @throws GradzooException exit code 3 if it is of another metanetwork or optimiser
   */
  public Standing reached(String name, ParameterLayout layout, TrainingState initial) {
    TrainingState state =
        new TrainingState(
            new float[initial.vector().length],
            layout.size(),
            number(STEPS),
            initial.velocity().clone(),
            initial.ofShards().stream().map(float[]::clone).toList());
    List<String> problems = new ArrayList<>();
    for (StatePart part : parts(state, layout.size())) {
      if (!part.prefix().equals(VELOCITY) || has(VELOCITY)) {
        problems.addAll(
            SealedTensors.copy(tensors, part.prefix(), layout, part.numbers(), part.from()));
      }
    }
    Optional<BestOfRounds.Best> best = Optional.empty();
    if (metadata.containsKey(BEST_ROUND)) {
      float[] parameters = new float[layout.size()];
      problems.addAll(SealedTensors.copy(tensors, BEST, layout, parameters, 0));
      best =
          Optional.of(
              new BestOfRounds.Best(parameters, Math.toIntExact(number(BEST_ROUND)), score()));
    }
    if (!problems.isEmpty()) {
      throw GradzooException.data(
          Fault.of("checkpoint")
              .at(name)
              .expected(SealedTensors.words(problems))
              .fix("a checkpoint of a metanetwork of these sizes"));
    }
    return new Standing(round(), state, best);
  }

  private boolean has(String prefix) {
    return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /**
   * Numbers of a state that are stored as the tensors of a prefix.
   *
   * @param from where they begin in the array
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  private record StatePart(String prefix, float[] numbers, int from) {}

  private static List<StatePart> parts(TrainingState state, int size) {
    List<StatePart> parts = new ArrayList<>();
    parts.add(new StatePart(PARAMETERS, state.vector(), 0));
    for (int moment = 1; moment <= state.momentVectors(); moment++) {
      parts.add(new StatePart(MOMENTS.formatted(moment), state.vector(), moment * size));
    }
    if (state.velocity().length > 0) {
      parts.add(new StatePart(VELOCITY, state.velocity(), 0));
    }
    for (int shard = 0; shard < state.ofShards().size(); shard++) {
      float[] own = state.ofShards().get(shard);
      for (int moment = 1; moment <= own.length / size; moment++) {
        String prefix = OF_SHARD.formatted(shard) + MOMENTS.formatted(moment);
        parts.add(new StatePart(prefix, own, (moment - 1) * size));
      }
    }
    return parts;
  }

  /** Writes the file; leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    SortedMap<String, String> all = new TreeMap<>(metadata);
    all.put(SealedTensors.CHECKSUM, sha256);
    Safetensors.of(all, tensors).write(out);
  }

  /** The file. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
