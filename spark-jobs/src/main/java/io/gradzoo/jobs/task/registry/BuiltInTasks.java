package io.gradzoo.jobs.task.registry;

import io.gradzoo.jobs.task.RegisteredTask;
import io.gradzoo.jobs.task.Tasks;
import io.gradzoo.jobs.task.accuracy.AccuracyBaselines;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.task.classification.ClassificationBaselines;
import io.gradzoo.jobs.task.classification.ClassificationSection;
import io.gradzoo.jobs.task.classification.ClassificationTask;
import io.gradzoo.jobs.task.diagonal.DiagonalBaselines;
import io.gradzoo.jobs.task.diagonal.FisherDiagonalTask;
import io.gradzoo.jobs.task.finetuning.FineTuningBaselines;
import io.gradzoo.jobs.task.finetuning.FineTuningSection;
import io.gradzoo.jobs.task.finetuning.FineTuningTask;
import io.gradzoo.jobs.task.trace.FisherTraceTask;
import io.gradzoo.jobs.task.trace.TraceBaselines;
import java.util.List;

/** The tasks that every config may name. */
public final class BuiltInTasks {
  /** All of them, in the order of messages. */
  public static final Tasks ALL =
      new Tasks(
          List.of(
              new RegisteredTask(new AccuracyTask(), new AccuracyBaselines()),
              new RegisteredTask(new FisherDiagonalTask(), new DiagonalBaselines()),
              new RegisteredTask(new FisherTraceTask(), new TraceBaselines()),
              new RegisteredTask(
                  new ClassificationTask(),
                  new ClassificationBaselines(),
                  new ClassificationSection()),
              new RegisteredTask(
                  new FineTuningTask(), new FineTuningBaselines(), new FineTuningSection())));

  private BuiltInTasks() {}
}
