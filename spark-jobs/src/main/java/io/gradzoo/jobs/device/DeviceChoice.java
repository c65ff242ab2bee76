package io.gradzoo.jobs.device;

/** What is to run metanetworks. */
public enum DeviceChoice {
  /** The kernels of the CPU. */
  CPU,
  /** A GPU where there is one that can be used, else the CPU. */
  AUTO,
  /** A GPU; an error where there is none. */
  CUDA,
  /** The kernels of a GPU on the CPU: slow, for tests. */
  EMULATED;

  /** Whether the kernels of the CPU may be what runs. */
  public boolean mayBeCpu() {
    return this == CPU || this == AUTO;
  }
}
