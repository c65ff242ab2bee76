package io.gradzoo.jobs.facade;

import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.table.ZooVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said of the steps to come: layers of the config, and where tables are.
 *
 * @param preset name of a preset; the default one lies below otherwise
 * @param file config over the preset
 * @param assignments {@code key=value}, over both
 * @param output folder of plain Parquet tables; else they are Iceberg's, in the warehouse
 * @param version of zoos that steps read
 */
public record StepSettings(
    Optional<String> preset,
    Optional<Path> file,
    List<String> assignments,
    Optional<String> output,
    ZooVersion version) {
  /** The default preset, its warehouse, the newest zoos. */
  public static final StepSettings DEFAULTS =
      new StepSettings(
          Optional.empty(), Optional.empty(), List.of(), Optional.empty(), new ZooVersion.Newest());

  public StepSettings {
    assignments = List.copyOf(assignments);
  }

  /** The same on another preset. */
  public StepSettings withPreset(String name) {
    return new StepSettings(Optional.of(name), file, assignments, output, version);
  }

  /** The same with another file over the preset. */
  public StepSettings withFile(Path other) {
    return new StepSettings(preset, Optional.of(other), assignments, output, version);
  }

  /** The same with more assignments, which lie over those there are. */
  public StepSettings with(List<String> more) {
    List<String> all = new ArrayList<>(assignments);
    all.addAll(more);
    return new StepSettings(preset, file, all, output, version);
  }

  /** The same with plain Parquet tables in a folder. */
  public StepSettings withOutput(String folder) {
    return new StepSettings(preset, file, assignments, Optional.of(folder), version);
  }

  /** The same of another version of zoos. */
  public StepSettings at(ZooVersion other) {
    return new StepSettings(preset, file, assignments, output, other);
  }

  /**
   * Reads the config for one who uses some of its keys.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 with every mistake in what is used
   */
  public GradzooConfig load(ConfigUse use) {
    return layers(Optional.of(Presets.find(preset.orElse(Presets.DEFAULT)))).load(use);
  }

  /**
   * Likewise, for a command whose settings are all meant for it.
   *
   * @param command its name, for messages
   * @throws io.gradzoo.jobs.GradzooException exit code 2 also for settings that it does not use
   */
  public GradzooConfig load(ConfigUse use, String command) {
    GradzooConfig config = load(use);
    layers(preset.map(Presets::find)).requireUsed(config, command, use);
    return config;
  }

  private ConfigLayers layers(Optional<Path> lowest) {
    return new ConfigLayers(lowest, file, assignments);
  }
}
