package io.gradzoo.jobs.inference;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.device.OpenDevice;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputUnit;
import java.io.Serializable;

/**
 * A metanetwork, its loss and what its outputs predict, as a value that travels to executors.
 *
 * @param metanetwork what it is built from
 * @param objective what training minimises
 * @param decoder what the outputs predict
 * @param device what runs it
 */
public record Predictor(
    MetanetworkSpec metanetwork, Objective objective, OutputDecoder decoder, DeviceSettings device)
    implements Serializable {

  /** On the CPU. */
  public Predictor(MetanetworkSpec metanetwork, Objective objective, OutputDecoder decoder) {
    this(metanetwork, objective, decoder, DeviceSettings.CPU);
  }

  /** The same on another device. */
  public Predictor on(DeviceSettings other) {
    return new Predictor(metanetwork, objective, decoder, other);
  }

  /**
   * A metanetwork for a task.
   *
   * @param unit of its outputs
   * @param targets statistics of the training split; null if the task does not standardise
   */
  public static Predictor of(
      MetanetworkTask task,
      OutputUnit unit,
      MetanetworkSpec metanetwork,
      TargetStatistics targets) {
    return new Predictor(metanetwork, task.objective(targets, unit), task.decoder(targets, unit));
  }

  /** A metanetwork that predicts a share, such as an accuracy. */
  public static Predictor ofShare(MetanetworkSpec metanetwork) {
    ElementwiseObjective share = new ElementwiseObjective.Share();
    return new Predictor(metanetwork, share, share);
  }

  /** Everything that one thread needs to run it. */
  public Workspace workspace() {
    return workspace(device.open());
  }

  /** Likewise, on a device that is open. */
  Workspace workspace(OpenDevice on) {
    return new Workspace(metanetwork.build(), objective, decoder, on.device());
  }
}
