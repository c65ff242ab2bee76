package io.gradzoo.jobs.curvature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.CheckpointFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The trainings of a study that are over, kept beside its run directory until that is published: a
 * study that was killed makes only the others. Each stands under a hash of all that it depends on,
 * so one of other settings, members or code is never taken for it.
 */
final class StudyLedger implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RESULTS = "results";
  private static final String CHECKSUM = "sha256";
  private static final String PARAMETERS = "parameters";
  private static final String ERROR = "error";

  private final CheckpointFolder folder;
  private final Progress progress;
  private final SortedMap<String, KeptTraining> entries;

  private StudyLedger(
      CheckpointFolder folder, Progress progress, SortedMap<String, KeptTraining> entries) {
    this.folder = folder;
    this.progress = progress;
    this.entries = entries;
  }

  /** What is kept of a training. */
  private record KeptTraining(int parameters, double error) {}

  /**
   * Opens that of the study which will stand in a run directory.
   *
   * @throws GradzooException exit code 3 if another study is at work there, or it cannot be read
   */
  static StudyLedger open(RunDirectory run, Progress progress) {
    CheckpointFolder folder = run.checkpointFolder("study");
    return new StudyLedger(folder, progress, newest(folder, progress));
  }

  private static SortedMap<String, KeptTraining> newest(
      CheckpointFolder folder, Progress progress) {
    for (String name : folder.names()) {
      try {
        return parse(folder.read(name));
      } catch (GradzooException | IOException e) {
        progress.note(
            "study: %s is damaged or cannot be read; the file before it is used"
                .formatted(folder.shown(name)));
      }
    }
    return new TreeMap<>();
  }

  /**
   * The result of a training, if it is over.
   *
   * @param key hash of what it depends on
   */
  Optional<StudyRun.StudyResult> find(StudyRun run, String key) {
    return Optional.ofNullable(entries.get(key))
        .map(entry -> new StudyRun.StudyResult(run, entry.parameters, entry.error));
  }

  /** Keeps the result of a training; a line says so if that fails. */
  synchronized void add(String key, StudyRun.StudyResult result) {
    entries.put(key, new KeptTraining(result.parameters(), result.error()));
    byte[] bytes = bytes();
    try {
      folder.write(
          String.format(Locale.ROOT, "trainings-%06d.json", entries.size()),
          out -> out.write(bytes));
    } catch (GradzooException e) {
      progress.note("study: a training is not kept, it goes on: " + e.faults().get(0));
    }
  }

  /** Forgets all: the study is published. */
  void delete() {
    folder.delete();
  }

  @Override
  public void close() {
    folder.close();
  }

  private byte[] bytes() {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode results = root.putObject(RESULTS);
    entries.forEach(
        (key, entry) ->
            results
                .putObject(key)
                .put(PARAMETERS, entry.parameters)
                .put(ERROR, Double.toString(entry.error)));
    root.put(CHECKSUM, hash(results));
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(JsonNode results) {
    return ContentHash.of(results.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static SortedMap<String, KeptTraining> parse(byte[] bytes) throws IOException {
    try {
      JsonNode root = JSON.readTree(bytes);
      JsonNode results = root.path(RESULTS);
      if (!results.isObject() || !hash(results).equals(root.path(CHECKSUM).asText())) {
        throw new IOException("another checksum");
      }
      SortedMap<String, KeptTraining> entries = new TreeMap<>();
      for (Map.Entry<String, JsonNode> each : results.properties()) {
        entries.put(
            each.getKey(),
            new KeptTraining(
                each.getValue().path(PARAMETERS).asInt(),
                Double.parseDouble(each.getValue().path(ERROR).asText())));
      }
      return entries;
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new IOException(e);
    }
  }
}
