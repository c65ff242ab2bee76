package io.gradzoo.jobs.ml;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.Presets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.SparkSession;

/**
 * What every stage knows: where its config comes from.
 *
 * @param <S> the stage, which setters return
 */
public interface StageParams<S extends StageParams<S>> extends Params {

  /** Name of a config in {@code conf/}, below the settings. */
  default Param<String> preset() {
    return text("preset", "name of the config in conf/ that lies below the settings");
  }

  /** Settings over preset and file, a line each: {@code key=value}, as {@code --set} takes them. */
  default Param<String> settings() {
    return new Param<>(
        uid(),
        "settings",
        "settings over preset and file, a line each, key=value as gradzoo --set takes them; zoo.name"
            + " and storage.warehouse say whose gradient sets are read");
  }

  /** A config file over the preset. */
  default Param<String> configFile() {
    return text("configFile", "config file over the preset; none if it is not set");
  }

  default String getConfigFile() {
    return getOrDefault(configFile());
  }

  default S setConfigFile(String path) {
    return with(configFile(), path);
  }

  default String getPreset() {
    return getOrDefault(preset());
  }

  default S setPreset(String name) {
    return with(preset(), name);
  }

  default String[] getSettings() {
    return getOrDefault(settings()).lines().toArray(String[]::new);
  }

  /**
   * @throws GradzooException exit code 2 if one has a line break
   */
  default S setSettings(String... assignments) {
    for (String assignment : assignments) {
      if (assignment.lines().count() > 1) {
        throw GradzooException.usage(
            Fault.of("settings").expected("each on one line").found("several lines"));
      }
    }
    return with(settings(), String.join("\n", assignments));
  }

  /** A param of a text that is not blank. */
  default Param<String> text(String name, String doc) {
    return new Param<>(uid(), name, doc, value -> !value.isBlank());
  }

  /** Sets one param and returns the stage. */
  @SuppressWarnings("unchecked") // S is the type of the stage
  default <T> S with(Param<T> param, T value) {
    return (S) set(param, value);
  }

  /** The defaults of these params; called by constructors. */
  default void setStageDefaults() {
    setDefault(preset(), Presets.DEFAULT);
    setDefault(settings(), "");
  }

  /** The facade with this config. */
  default Gradzoo gradzoo(SparkSession spark, List<String> more) {
    Gradzoo preset = Gradzoo.on(spark).preset(getPreset());
    Gradzoo configured = isDefined(configFile()) ? preset.config(Path.of(getConfigFile())) : preset;
    return configured.set(getSettings()).set(more.toArray(String[]::new));
  }
}
