package io.gradzoo.jobs.device;

import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import scala.Option;

/**
 * The GPU of a Spark task.
 *
 * @param address which of the machine's
 * @param sharers tasks that may use it at a time, in this process
 */
record TaskGpu(int address, int sharers) {
  /** Spark's name of the resource. */
  static final String GPU = "gpu";

  static final String EXECUTOR_AMOUNT = "spark.executor.resource.gpu.amount";
  static final String TASK_AMOUNT = "spark.task.resource.gpu.amount";

  /**
   * The GPU that Spark gave this task. Without Spark's resources, as in {@code local[n]}, the tasks
   * share out those that there are; without a task, all belong to the caller.
   *
   * @param count how many GPUs this machine has
   */
  static TaskGpu current(IntSupplier count) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return new TaskGpu(0, 1);
    }
    SparkConf conf = SparkEnv.get().conf();
    Option<ResourceInformation> given = task.resources().get(GPU);
    if (given.isDefined()) {
      int address = Integer.parseInt(given.get().addresses()[0]);
      double amount = conf.getDouble(TASK_AMOUNT, 1);
      return new TaskGpu(address, amount < 1 ? (int) Math.floor(1 / amount) : 1);
    }
    int gpus = Math.max(1, count.getAsInt());
    return new TaskGpu(task.partitionId() % gpus, sharers(slots(conf), gpus));
  }

  /** How many tasks may meet at a GPU of this process. */
  static int sharers(int slots, int gpus) {
    return Math.max(1, (slots + gpus - 1) / gpus);
  }

  /** Tasks that this process runs at a time. */
  static int slots(SparkConf conf) {
    int driver = SparkContext$.MODULE$.numDriverCores(conf.get("spark.master"));
    return driver > 0
        ? driver
        : conf.getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
  }
}
