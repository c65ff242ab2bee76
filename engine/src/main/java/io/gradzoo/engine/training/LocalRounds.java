package io.gradzoo.engine.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rounds of parameter averaging in one thread: the shards make their local steps one after the
 * other from the same state, and the states are averaged, weighted by the examples seen and folded
 * in the order of the shards. The same bits as the same shards on many machines.
 */
public final class LocalRounds implements BestOfRounds.Rounds {
  private final Workspace workspace;
  private final List<ShardTrainer> trainers = new ArrayList<>();

  /**
   * @param workspace in which the steps are made
   * @param seed of the order of the examples and of dropout
   * @param shards examples by shard, each in the order of their ids; a shard may be empty, not all
   */
  public LocalRounds(
      Workspace workspace, TrainingSettings settings, long seed, List<List<Example>> shards) {
    this.workspace = workspace;
    for (int shard = 0; shard < shards.size(); shard++) {
      trainers.add(new ShardTrainer(settings, seed, shard, shards.get(shard)));
    }
  }

  @Override
  public BestOfRounds.Round run(TrainingState start, int steps) {
    WeightedAverage average = new WeightedAverage(start.vector().length);
    long examples = 0;
    double loss = 0;
    List<Integer> skipped = new ArrayList<>();
    List<float[]> moments = new ArrayList<>(start.ofShards());
    for (int shard = 0; shard < trainers.size(); shard++) {
      TrainingState own = start.ofShard(shard);
      ShardTrainer.ShardRound round = trainers.get(shard).run(workspace, own, steps);
      if (round.diverged()) {
        skipped.add(shard);
      }
      float[] vector = round.state().vector();
      int averaged = start.vector().length;
      average.add(Arrays.copyOf(vector, averaged), (double) round.examples());
      if (!moments.isEmpty()) {
        moments.set(shard, Arrays.copyOfRange(vector, averaged, vector.length));
      }
      examples += round.examples();
      loss += round.loss();
    }
    BestOfRounds.requireExamples(examples, skipped);
    return new BestOfRounds.Round(
        start.next(steps, average.mean(), moments), loss / examples, skipped);
  }
}
