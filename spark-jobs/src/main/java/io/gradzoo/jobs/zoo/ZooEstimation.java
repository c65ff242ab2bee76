package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.MembersTable.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.spark.sql.Row;

/**
 * Job: what making the zoo of the config takes: core-hours, by the time that some of its members
 * take on one core; bytes of the table; memory of images. Nothing is written.
 */
public final class ZooEstimation implements Job<ZooEstimate> {
  /** Images of an epoch that is timed. */
  private static final int IMAGES = 2048;

  /** Architectures whose members are timed; the others are taken for the mean. */
  private static final int MOST_TIMED = 8;

  /** Runs whose recipes are drawn; more of them change the estimate little. */
  private static final int MOST_DRAWN = 100_000;

  private final double seconds;

  /** Times each architecture for some seconds. */
  public ZooEstimation() {
    this(2);
  }

  /**
   * @param seconds to time each architecture for, after as long to warm up
   */
  ZooEstimation(double seconds) {
    this.seconds = seconds;
  }

  /**
   * Estimates.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the zoo's images are missing or do not
   *     fit
   */
  @Override
  public ZooEstimate run(JobContext context) {
    ZooConfig zoo = context.config().zoo();
    long seed = context.config().seed();
    int cores = context.session().sparkContext().defaultParallelism();
    if (zoo.readsImages()) {
      ZooImages.require(zoo, seed);
    }
    double[] work =
        zoo.source() == ZooConfig.Source.TRAINED ? trained(zoo, seed) : made(context, zoo, seed);
    return new ZooEstimate(
        zoo.name(),
        zoo.runs(),
        (long) zoo.runs() * zoo.membersOfARun(),
        work[0] * zoo.runs(),
        cores,
        Math.round(work[1] * zoo.runs() * zoo.membersOfARun()),
        zoo.readsImages() ? ZooImages.bytes(zoo) : 0);
  }

  /** Seconds of a run, and bytes of a member's row, of classifiers. */
  private double[] trained(ZooConfig zoo, long seed) {
    ImageSet.Division division = ZooImages.divided(zoo, seed);
    Samples train = samples(division.train());
    Samples few = train.select(first(Math.min(IMAGES, train.size())));
    Map<String, Rates> rates = new HashMap<>();
    double work = 0;
    double bytes = 0;
    int drawn = Math.min(zoo.runs(), MOST_DRAWN);
    for (int number = 0; number < drawn; number++) {
      RunPlan plan = RunPlan.draw(seed, zoo, number);
      Architecture architecture = plan.architecture();
      Rates own =
          rates.size() < MOST_TIMED
              ? rates.computeIfAbsent(architecture.id(), id -> rates(plan, few))
              : rates.getOrDefault(architecture.id(), Rates.mean(rates.values()));
      double chosen = Math.max(1, Math.round(plan.recipe().trainFraction() * train.size()));
      double seen = zoo.checkpoints().get(zoo.checkpoints().size() - 1) * chosen;
      double evaluated = zoo.checkpoints().size() * (chosen + division.test().size());
      work += seen / own.trained + evaluated / own.evaluated;
      bytes += MemberAudit.rowBytes(architecture.parameterCount());
    }
    return new double[] {work / drawn, bytes / drawn};
  }

  /** Images that a network is trained and evaluated on in a second. */
  private record Rates(double trained, double evaluated) {
    private static Rates mean(Iterable<Rates> of) {
      double trained = 0;
      double evaluated = 0;
      int count = 0;
      for (Rates each : of) {
        trained += 1 / each.trained;
        evaluated += 1 / each.evaluated;
        count++;
      }
      return new Rates(count / trained, count / evaluated);
    }
  }

  private Rates rates(RunPlan plan, Samples images) {
    TrainableNetwork network =
        BuiltInFamilies.of(plan.architecture()).trainable(plan.architecture(), images.shape());
    TargetTraining training = new TargetTraining(network);
    Recipe from = plan.recipe();
    Recipe epoch =
        new Recipe(
            from.optimizer(),
            from.learningRate(),
            from.l2(),
            from.dropout(),
            1,
            from.batchSize(),
            1,
            from.initializer(),
            from.initializerScale(),
            from.seed(),
            from.lastStep());
    float[] parameters = training.train(epoch, images, images, 0).checkpoints().get(0).parameters();
    int[] rows = first(images.size());
    return new Rates(
        images.size() / secondsOf(() -> training.train(epoch, images, images)),
        images.size() / secondsOf(() -> network.evaluate(parameters, images, rows)));
  }

  /** Seconds of a run, and bytes of a member's row, of networks that are made whole. */
  private double[] made(JobContext context, ZooConfig zoo, long seed) {
    LongFunction<List<Row>> run =
        StagedRuns.maker(zoo, seed, new Origin(context.config().effective().zooHash(), "none"));
    List<Row> rows = new ArrayList<>();
    double work =
        secondsOf(
            () -> {
              long number = rows.size() % zoo.runs();
              rows.add(run.apply(number).get(0));
            });
    int count = RunPlan.draw(seed, zoo, 0).architecture().parameterCount();
    return new double[] {work, MemberAudit.rowBytes(count)};
  }

  /** Seconds that a piece of work takes, when it is compiled. */
  private double secondsOf(Runnable work) {
    repeat(work);
    return repeat(work);
  }

  private double repeat(Runnable work) {
    long start = System.nanoTime();
    int times = 0;
    double elapsed;
    do {
      work.run();
      times++;
      elapsed = (System.nanoTime() - start) * 1e-9;
    } while (elapsed < seconds / 2);
    return elapsed / times;
  }

  private static Samples samples(ImageSet images) {
    return new Samples(images.shape(), images.classes(), images.pixels(), images.labels());
  }

  private static int[] first(int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
    return rows;
  }
}
