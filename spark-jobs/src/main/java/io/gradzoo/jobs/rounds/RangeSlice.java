package io.gradzoo.jobs.rounds;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.WeightedAverage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A range of one shard's state after a round. Long states are averaged range by range, so that no
 * process ever holds those of all shards.
 *
 * @param shard it comes from
 * @param examples the shard saw: its weight
 * @param loss summed over them
 * @param values the range
 * @param skipped shards that diverged: the shard itself, or of an average those that it leaves out
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record RangeSlice(int shard, long examples, double loss, float[] values, List<Integer> skipped)
    implements Serializable {
  /** Numbers of a range: 256 KiB. */
  static final int LENGTH = 1 << 16;

  /** Number of ranges of a state. */
  static int count(TrainingState state) {
    return (state.vector().length + LENGTH - 1) / LENGTH;
  }

  /** A shard's whole state. */
  static RangeSlice whole(int shard, ShardTrainer.ShardRound round) {
    List<Integer> skipped = round.diverged() ? List.of(shard) : List.of();
    return new RangeSlice(shard, round.examples(), round.loss(), round.state().vector(), skipped);
  }

  /** Its first numbers. */
  RangeSlice first(int numbers) {
    return new RangeSlice(shard, examples, loss, Arrays.copyOf(values, numbers), skipped);
  }

  /** This slice, cut into ranges in order. */
  List<RangeSlice> cut() {
    List<RangeSlice> slices = new ArrayList<>();
    for (int from = 0; from < values.length; from += LENGTH) {
      int to = Math.min(values.length, from + LENGTH);
      slices.add(
          new RangeSlice(shard, examples, loss, Arrays.copyOfRange(values, from, to), skipped));
    }
    return slices;
  }

  /**
   * The mean over shards, weighted by examples and folded in the order of the shards.
   *
   * @throws ArithmeticException if all diverged
   */
  static RangeSlice average(Iterable<RangeSlice> ofAllShards) {
    List<RangeSlice> inOrder = new ArrayList<>();
    ofAllShards.forEach(inOrder::add);
    inOrder.sort(Comparator.comparingInt(RangeSlice::shard));
    WeightedAverage average = new WeightedAverage(inOrder.get(0).values().length);
    long examples = 0;
    double loss = 0;
    List<Integer> skipped = new ArrayList<>();
    for (RangeSlice slice : inOrder) {
      average.add(slice.values(), (double) slice.examples());
      examples += slice.examples();
      loss += slice.loss();
      skipped.addAll(slice.skipped());
    }
    BestOfRounds.requireExamples(examples, skipped);
    return new RangeSlice(-1, examples, loss, average.mean(), skipped);
  }
}
