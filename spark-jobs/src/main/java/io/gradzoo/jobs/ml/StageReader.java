package io.gradzoo.jobs.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FilePlace;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads a stage that was saved, after its files, its format and its class were found right. */
final class StageReader<S extends PipelineStage> extends MLReader<S> {
  private final Class<S> type;
  private final Collection<String> names;
  private final BiFunction<String, ModelFiles, S> constructor;

  private StageReader(
      Class<S> type, Collection<String> names, BiFunction<String, ModelFiles, S> constructor) {
    this.type = type;
    this.names = names;
    this.constructor = constructor;
  }

  /**
   * Of an estimator.
   *
   * @param constructor takes the uid
   */
  static <S extends PipelineStage> StageReader<S> of(
      Class<S> type, Function<String, S> constructor) {
    return new StageReader<>(type, List.of(), (uid, none) -> constructor.apply(uid));
  }

  /**
   * Of a fitted stage.
   *
   * @param constructor takes the uid and the files of the model
   */
  static <S extends PipelineStage> StageReader<S> fitted(
      Class<S> type, BiFunction<String, ModelFiles, S> constructor) {
    return new StageReader<>(type, ModelFiles.NAMES, constructor);
  }

  @Override
  public S load(String path) {
    SavedStage saved = SavedStage.at(path, sc().hadoopConfiguration());
    SortedMap<String, byte[]> files =
        saved.read(names, metadata -> require(saved.place(), metadata));
    String json = text(files.remove(SavedStage.METADATA));
    try {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.parseMetadata(json, type.getName());
      S stage = constructor.apply(metadata.uid(), new ModelFiles(files));
      metadata.getAndSetParams(stage, Option.empty());
      return stage;
    } catch (RuntimeException e) { // of a param that this version has not, or another type
      throw SavedStage.damaged(saved.place(), "params of " + type.getSimpleName(), e.getMessage());
    }
  }

  private void require(FilePlace place, byte[] metadata) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text(metadata));
    } catch (JsonProcessingException e) {
      throw SavedStage.damaged(place, "metadata in JSON", "something else");
    }
    String version = root.path(StageWriter.FORMAT).asText("none");
    if (!version.equals(StageWriter.VERSION)) {
      throw SavedStage.damaged(place, "format " + StageWriter.VERSION, version);
    }
    String found = root.path("class").asText();
    if (!found.equals(type.getName())) {
      throw GradzooException.data(
          Fault.of("load stage")
              .at(place)
              .expected(type.getSimpleName())
              .found(found.substring(found.lastIndexOf('.') + 1))
              .fix("load it as what it is"));
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
