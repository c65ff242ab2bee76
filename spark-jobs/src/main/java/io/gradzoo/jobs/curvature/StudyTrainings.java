package io.gradzoo.jobs.curvature;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.baseline.ReweightingFit;
import io.gradzoo.jobs.config.EffectiveConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.rounds.LocalTraining;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * The trainings of a study, one a Spark task, the largest first. Those that the ledger has are not
 * made again, and each is put there as soon as it is over.
 */
final class StudyTrainings {
  private final JobContext context;
  private final List<ModelConfig> models;
  private final String madeFrom;

  /**
   * @param members that the study is made of
   * @param codeVersion of all that it depends on
   */
  StudyTrainings(
      JobContext context, List<ModelConfig> models, MemberSplits members, String codeVersion) {
    this.context = context;
    this.models = models;
    this.madeFrom =
        String.join(
            "\n",
            codeVersion,
            members.json(),
            String.valueOf(context.config().study().validationMembers()));
  }

  /** Every training of the study, the largest first, so that none is waited for at the end. */
  List<StudyRun> all() {
    GradzooConfig config = context.config();
    List<StudyRun> runs = new ArrayList<>();
    for (int size : config.study().sizes()) {
      for (int seed = 0; seed < config.study().seeds(); seed++) {
        for (int learner = 0; learner <= models.size(); learner++) {
          runs.add(new StudyRun(learner, size, config.seed() + seed));
        }
      }
    }
    runs.sort(Comparator.comparingInt(StudyRun::size).reversed());
    return runs;
  }

  /** The name of a training's row: a model's, or the reweighting's. */
  String row(StudyRun run) {
    return run.learner() < models.size() ? models.get(run.learner()).name() : ReweightingFit.NAME;
  }

  /** How many of all trainings the ledger has. */
  long done(StudyLedger ledger) {
    return all().stream().filter(run -> ledger.find(run, key(run)).isPresent()).count();
  }

  /**
   * Makes trainings.
   *
   * @param chosen which
   * @return their results, in the order of {@link #all}
   */
  List<StudyRun.StudyResult> results(
      Broadcast<StudyExamples> examples, StudyLedger ledger, Predicate<StudyRun> chosen) {
    List<StudyRun> runs = all().stream().filter(chosen).toList();
    List<StudyRun> missing =
        runs.stream().filter(run -> ledger.find(run, key(run)).isEmpty()).toList();
    try (Progress.Task progress = context.progress().start("study", "trainings", runs.size())) {
      progress.doneBefore(runs.size() - missing.size());
      if (!missing.isEmpty()) {
        make(
            missing,
            examples,
            result -> {
              ledger.add(key(result.run()), result);
              progress.advance(1);
            });
      }
    }
    return runs.stream().map(run -> ledger.find(run, key(run)).orElseThrow()).toList();
  }

  /** Takes a result on the driver. */
  private interface Results {
    void add(StudyRun.StudyResult result);
  }

  private void make(List<StudyRun> missing, Broadcast<StudyExamples> examples, Results results) {
    List<Architecture> architectures =
        examples.value().train().stream()
            .map(Example::architecture)
            .distinct()
            .sorted(Comparator.comparing(Architecture::id))
            .toList();
    List<LocalTraining> trainings = new ArrayList<>();
    for (ModelConfig model : models) {
      trainings.add(new LocalTraining(model, architectures));
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    JavaRDD<StudyRun.StudyResult> made =
        spark
            .parallelize(missing, missing.size())
            .map(run -> outcome(run, trainings, examples.value()));
    Function2<Object, StudyRun.StudyResult, BoxedUnit> handler =
        (partition, result) -> {
          results.add(result);
          return BoxedUnit.UNIT;
        };
    spark
        .sc()
        .runJob(
            made.rdd(), new Only<>(), handler, ClassTag$.MODULE$.apply(StudyRun.StudyResult.class));
  }

  private static StudyRun.StudyResult outcome(
      StudyRun run, List<LocalTraining> trainings, StudyExamples examples) {
    return run.learner() < trainings.size()
        ? run.train(trainings.get(run.learner()), examples)
        : run.reweight(examples);
  }

  /** Hash of all that a training depends on. */
  private String key(StudyRun run) {
    EffectiveConfig effective = context.config().effective();
    Optional<ModelConfig> model =
        run.learner() < models.size() ? Optional.of(models.get(run.learner())) : Optional.empty();
    String depends =
        String.join(
            "\n",
            madeFrom,
            row(run),
            model.map(effective::modelHash).orElseGet(effective::studyHash),
            String.valueOf(run.size()),
            String.valueOf(run.seed()));
    return ContentHash.of(depends.getBytes(StandardCharsets.UTF_8));
  }

  /** The one element of a partition. */
  private static final class Only<T> extends scala.runtime.AbstractFunction1<Iterator<T>, T>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public T apply(Iterator<T> partition) {
      return partition.next();
    }
  }
}
