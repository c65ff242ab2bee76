package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.tensor.gpu.Accelerator;

/** Work whose steps are timed on a device. */
interface GpuWork {

  /** What it is. */
  String name();

  /** What it is counted in, in the singular. */
  String unit();

  /**
   * Prepares it.
   *
   * @param batch how much of it a step has, as the command says
   */
  GpuSteps on(Accelerator accelerator, int batch);

  /** Steps, one after the other. */
  interface GpuSteps {
    /** Makes so many. */
    void make(int steps);

    /** Of one step. */
    int units();
  }
}
