package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.gradmetanet.NeuronStatistics;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.config.PredictionTask;
import java.io.Serializable;
import java.util.List;

/** Sums over part of a training split, from which its {@link TaskStatistics} follow. */
record TaskSums(NeuronStatistics.Sums neurons, TargetStatistics.Sums targets)
    implements Serializable {

  /** Sums over examples, at least one, whose features are not standardised. */
  static TaskSums of(List<Example> examples) {
    Architecture first = Architecture.parse(examples.get(0).architecture());
    TaskSums sums = new TaskSums(NeuronStatistics.Sums.of(first), new TargetStatistics.Sums());
    for (Example example : examples) {
      sums.neurons.add(Architecture.parse(example.architecture()), example.input());
      sums.targets.add(example);
    }
    return sums;
  }

  void add(TaskSums other) {
    neurons.add(other.neurons);
    targets.add(other.targets);
  }

  TaskStatistics statistics(PredictionTask task) {
    return new TaskStatistics(neurons.statistics(), task.curvature() ? targets.statistics() : null);
  }
}
