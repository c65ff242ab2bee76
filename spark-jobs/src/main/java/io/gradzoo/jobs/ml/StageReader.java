package io.gradzoo.jobs.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads a stage that was saved, after its format and its checksums were found right. */
final class StageReader<S extends PipelineStage> extends MLReader<S> {
  private final Class<S> type;
  private final BiFunction<String, ModelFiles, S> constructor;

  /**
   * @param constructor takes the uid and the files of the model, none of an estimator
   */
  StageReader(Class<S> type, BiFunction<String, ModelFiles, S> constructor) {
    this.type = type;
    this.constructor = constructor;
  }

  @Override
  public S load(String path) {
    SortedMap<String, byte[]> files =
        new SavedStage(new Path(path), sc().hadoopConfiguration()).read();
    String json = new String(files.get(SavedStage.METADATA), StandardCharsets.UTF_8).strip();
    requireType(path, json);
    SortedMap<String, byte[]> model = new TreeMap<>();
    files.forEach(
        (name, bytes) -> {
          if (name.startsWith(SavedStage.MODEL)) {
            model.put(name.substring(SavedStage.MODEL.length()), bytes);
          }
        });
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader$.MODULE$.parseMetadata(json, type.getName());
    S stage = constructor.apply(metadata.uid(), new ModelFiles(model));
    metadata.getAndSetParams(stage, Option.empty());
    return stage;
  }

  private void requireType(String path, String json) {
    try {
      String found = new ObjectMapper().readTree(json).path("class").asText();
      if (!found.equals(type.getName())) {
        throw GradzooException.data(
            Fault.of("stage")
                .at(path)
                .expected(type.getSimpleName())
                .found(found.substring(found.lastIndexOf('.') + 1))
                .fix("load it as what it is"));
      }
    } catch (JsonProcessingException e) {
      throw SavedStage.damaged(path, "metadata in JSON", "something else");
    }
  }
}
