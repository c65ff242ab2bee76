package io.gradzoo.jobs.device;

import java.io.Serializable;
import java.util.Comparator;

/**
 * What an executor runs metanetworks on.
 *
 * @param executor and its machine
 * @param device such as {@code cuda:0 NVIDIA H200}, or {@code cpu}
 * @param reason why the CPU stands in for a GPU, a line; empty if it does not
 */
public record DeviceUse(String executor, String device, String reason) implements Serializable {
  /** By executor, then by device. */
  static final Comparator<DeviceUse> ORDER =
      Comparator.comparing(DeviceUse::executor)
          .thenComparing(DeviceUse::device)
          .thenComparing(DeviceUse::reason);
}
