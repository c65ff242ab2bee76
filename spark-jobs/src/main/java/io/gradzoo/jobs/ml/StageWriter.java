package io.gradzoo.jobs.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Secrets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves a stage: all of it appears at once, in place of an earlier one, or not at all. */
final class StageWriter<S extends PipelineStage & StageParams<?>> extends MLWriter {
  /** Key of the version of the format in the metadata. */
  static final String FORMAT = "format";

  /** The version that this code writes and reads. */
  static final String VERSION = "gradzoo-stage-1";

  private final S stage;
  private final ModelFiles model;

  StageWriter(S stage, ModelFiles model) {
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
    requireNoSecrets();
    SortedMap<String, byte[]> files = new TreeMap<>(model.files());
    files.put(SavedStage.METADATA, metadata());
    SavedStage.at(path, sc().hadoopConfiguration())
        .write(files, shouldOverwrite() ? SavedStage.Existing.REPLACED : SavedStage.Existing.KEPT);
  }

  private byte[] metadata() {
    try {
      ObjectMapper json = new ObjectMapper();
      ObjectNode root =
          (ObjectNode)
              json.readTree(
                  DefaultParamsWriter$.MODULE$.getMetadataToSave(
                      stage, sc(), Option.empty(), Option.empty()));
      return json.writeValueAsBytes(root.put(FORMAT, VERSION));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireNoSecrets() {
    Arrays.stream(stage.getSettings())
        .map(assignment -> assignment.split("=", 2)[0].strip())
        .filter(Secrets::names)
        .findFirst()
        .ifPresent(
            key -> {
              throw GradzooException.usage(
                  Fault.of("save stage")
                      .at("settings")
                      .expected("nothing secret")
                      .found(key)
                      .fix("a config file, which setConfigFile names"));
            });
  }
}
