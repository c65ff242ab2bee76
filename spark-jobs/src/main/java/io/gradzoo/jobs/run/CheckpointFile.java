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
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A checkpoint of a training as a safetensors file: the tensors {@code parameters.NAME}, {@code
 * moments.1.NAME}, … of the optimiser and {@code best.NAME}, and as metadata the round, the metrics
 * so far and what the training depends on, with a checksum of all that.
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
    float[] vector = reached.state().vector();
    SealedTensors.put(tensors, PARAMETERS, layout, vector, 0);
    for (int moment = 1; moment < vector.length / layout.size(); moment++) {
      SealedTensors.put(tensors, MOMENTS.formatted(moment), layout, vector, moment * layout.size());
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
   * @param momentVectors that the optimiser has
   * @throws GradzooException exit code 3 if it is of another metanetwork or optimiser
   */
  public Standing reached(String name, ParameterLayout layout, int momentVectors) {
    int size = layout.size();
    float[] vector = new float[(1 + momentVectors) * size];
    List<String> problems = SealedTensors.copy(tensors, PARAMETERS, layout, vector, 0);
    for (int moment = 1; moment <= momentVectors; moment++) {
      String prefix = MOMENTS.formatted(moment);
      problems.addAll(SealedTensors.copy(tensors, prefix, layout, vector, moment * size));
    }
    Optional<BestOfRounds.Best> best = Optional.empty();
    if (metadata.containsKey(BEST_ROUND)) {
      float[] parameters = new float[size];
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
    return new Standing(round(), new TrainingState(vector, size, number(STEPS)), best);
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
