package io.gradzoo.jobs.ml;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves a stage: all of it appears at once, in place of an earlier one, or not at all. */
final class StageWriter extends MLWriter {
  private final PipelineStage stage;
  private final ModelFiles model;

  StageWriter(PipelineStage stage, ModelFiles model) {
    this.stage = stage;
    this.model = model;
  }

  /** As {@link SavedStage#write}; Spark's own would delete first and write then. */
  @Override
  public void save(String path) {
    saveImpl(path);
  }

  @Override
  public void saveImpl(String path) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    String metadata =
        DefaultParamsWriter$.MODULE$.getMetadataToSave(stage, sc(), Option.empty(), Option.empty());
    files.put(SavedStage.METADATA, (metadata + "\n").getBytes(StandardCharsets.UTF_8));
    model.files().forEach((name, bytes) -> files.put(SavedStage.MODEL + name, bytes));
    SavedStage place = new SavedStage(new Path(path), sc().hadoopConfiguration());
    place.write(files, shouldOverwrite() ? SavedStage.Existing.REPLACED : SavedStage.Existing.KEPT);
  }
}
