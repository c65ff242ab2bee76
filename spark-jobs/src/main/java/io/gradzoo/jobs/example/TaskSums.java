package io.gradzoo.jobs.example;

import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.metanet.gradmetanet.InputStatistics;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.io.Serializable;
import java.util.List;

/** Sums over part of a training split, from which its {@link TaskStatistics} follow. */
public record TaskSums(
    InputStatistics.InputAccumulator inputs, TargetStatistics.TargetAccumulator targets)
    implements Serializable {

  /** Sums over examples, at least one, that are not standardised. */
  public static TaskSums of(GradientInput input, List<Example> examples) {
    int channels = channels(input, examples.get(0)).count();
    TaskSums sums =
        new TaskSums(
            new InputStatistics.InputAccumulator(channels),
            new TargetStatistics.TargetAccumulator());
    for (Example example : examples) {
      sums.inputs.add(channels(input, example), example.input().features());
      sums.targets.add(example);
    }
    return sums;
  }

  /** All together, added up in the order of the shards; at least one. */
  public static TaskSums total(List<TaskSums> ofShards) {
    TaskSums total = ofShards.get(0);
    for (TaskSums shard : ofShards.subList(1, ofShards.size())) {
      total.inputs.add(shard.inputs);
      total.targets.add(shard.targets);
    }
    return total;
  }

  public TaskStatistics statistics(MetanetworkTask task) {
    return new TaskStatistics(
        inputs.statistics(), task.standardizes() ? targets.statistics() : null);
  }

  private static InputChannels channels(GradientInput input, Example example) {
    return input.channels(example.architecture());
  }
}
