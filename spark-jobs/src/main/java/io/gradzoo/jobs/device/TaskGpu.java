package io.gradzoo.jobs.device;

import io.gradzoo.engine.device.CudaAccelerator;
import org.apache.spark.TaskContext;

/** The GPU of a Spark task; the only class here that needs Spark. */
final class TaskGpu {
  /** Spark's name of the resource. */
  private static final String GPU = "gpu";

  private TaskGpu() {}

  /**
   * The GPU that Spark gave this task. Without Spark's resources, as in {@code local[n]}, the tasks
   * share out those that there are.
   */
  static int address() {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return 0;
    }
    return task.resources().get(GPU).isDefined()
        ? Integer.parseInt(task.resources().get(GPU).get().addresses()[0])
        : task.partitionId() % Math.max(1, CudaAccelerator.count());
  }
}
