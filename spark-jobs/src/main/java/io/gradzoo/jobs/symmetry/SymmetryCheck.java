package io.gradzoo.jobs.symmetry;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.hybrid.HybridMetanet;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.Symmetry;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.training.RunDirectory;
import io.gradzoo.jobs.training.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: measures on the members of a zoo how far a trained model's results move under the symmetries
 * that it promises to respect, and under changes that it must not respect, and prints a table. It
 * is a measurement: it succeeds whatever the result.
 */
public final class SymmetryCheck implements Job {
  private static final int MEMBERS = 20;
  private static final int ELEMENTS = 10;

  private final RunDirectory run;
  private final Optional<String> zoo;

  /**
   * @param run of a trained model
   * @param zoo whose members to take instead of those that the model was trained on
   * @throws GradzooException exit code 2 if that is no zoo's name
   */
  public SymmetryCheck(RunDirectory run, Optional<String> zoo) {
    this.run = run;
    this.zoo = zoo;
    zoo.filter(name -> !ZooConfig.named(name))
        .ifPresent(
            name -> {
              throw GradzooException.usage(
                  "symmetry check: --zoo expected %s, found \"%s\""
                      .formatted(ZooConfig.NAMES, name));
            });
  }

  /**
   * Measures and prints.
   *
   * @throws GradzooException exit code 3 if the run or the zoo's members are missing, damaged or do
   *     not fit each other
   */
  @Override
  public void run(JobContext context) {
    TrainedModel model = TrainedModel.load(run);
    if (model.model().task().curvature()) {
      throw GradzooException.usage(
          "symmetry check: expected a model that predicts test accuracy, found one of the %s (fix: name another run)"
              .formatted(model.model().task().title()));
    }
    String name = zoo.orElse(model.config().zoo().name());
    List<Measurement> measurements =
        JobDescription.during(
            context.session(),
            "symmetry check " + model.model().name() + " on " + name,
            () -> measure(context, model, name));
    SymmetryTable.print(model.model().name(), name, measurements, context.out());
  }

  private static List<Measurement> measure(JobContext context, TrainedModel model, String zoo) {
    List<List<Change>> changes = new ArrayList<>();
    List<List<Member>> members = new ArrayList<>();
    boolean gradients = model.model().readsGradients();
    Subject.Reading weights = (architecture, network) -> network;
    Subject subject = new Subject(model, gradients ? new GradientReading(model) : weights);
    TreeSet<Activation> activations = new TreeSet<>();
    model.architectures().forEach(id -> activations.add(Architecture.parse(id).activation()));
    for (Activation activation : activations) {
      List<Member> sample = sample(context, model, zoo, activation);
      if (!sample.isEmpty()) {
        members.add(sample);
        changes.add(changes(model.spec(), activation));
      }
    }
    if (members.isEmpty()) {
      throw GradzooException.data(
          "symmetry check: expected healthy %s members with %s in %s, found none (fix: --zoo)"
              .formatted(model.model().members().id(), activations, zoo));
    }
    List<Measurement> measurements = new ArrayList<>();
    int total = changes.stream().mapToInt(List::size).sum();
    try (Progress.Task progress = context.progress().start("symmetry check", "symmetries", total)) {
      for (int i = 0; i < members.size(); i++) {
        for (Change change : changes.get(i)) {
          measurements.add(
              Measurement.of(change, subject, members.get(i), ELEMENTS, model.config().seed()));
          progress.advance(1);
        }
      }
    }
    return measurements;
  }

  private static List<Change> changes(MetanetworkSpec spec, Activation activation) {
    if (spec instanceof ScaleGmn.Spec weights) {
      return onWeights(weights.config(), activation);
    }
    List<Change> changes = new ArrayList<>();
    if (spec instanceof HybridMetanet.Spec hybrid) {
      changes.addAll(onWeights(hybrid.graph(), activation));
    } else {
      changes.add(Change.permutation());
      changes.add(Change.rescaling(activation, Change.Expectation.CHANGED));
    }
    changes.add(1, Change.setOrder());
    return changes;
  }

  /** What is done to networks of an activation whose weights the model reads. */
  private static List<Change> onWeights(ScaleGmnConfig config, Activation activation) {
    List<Change> changes = new ArrayList<>(List.of(Change.permutation()));
    if (config.symmetry() == Symmetry.PERMUTATION) {
      changes.add(Change.rescaling(activation, Change.Expectation.CHANGED));
    } else {
      changes.add(Change.rescaling(activation, Change.Expectation.UNCHANGED));
      changes.add(Change.permutationAndRescaling(activation));
      changes.add(Change.foreignRescaling(activation));
    }
    if (activation == Activation.SINE) {
      boolean canonical = config.phases() == ScaleGmnConfig.Phases.CANONICAL;
      changes.add(
          Change.phaseShift(canonical ? Change.Expectation.UNCHANGED : Change.Expectation.CHANGED));
    }
    return changes;
  }

  /** Members that stand first when ordered by a hash of their ids. */
  private static List<Member> sample(
      JobContext context, TrainedModel model, String zoo, Activation activation) {
    Dataset<Row> members =
        context
            .tables()
            .read(zoo, MembersTable.SCHEMA)
            .where(col(MembersTable.STATUS).equalTo(lit("ok")))
            .where(col(MembersTable.FAMILY).equalTo(lit(model.model().members().id())))
            .where(
                col(MembersTable.ARCHITECTURE)
                    .startsWith(activation.name().toLowerCase(Locale.ROOT)));
    Object[] ids =
        members
            .select(MembersTable.MEMBER_ID)
            .orderBy(xxhash64(col(MembersTable.MEMBER_ID)), col(MembersTable.MEMBER_ID))
            .takeAsList(MEMBERS)
            .stream()
            .map(row -> row.getString(0))
            .toArray();
    return members
        .where(col(MembersTable.MEMBER_ID).isin(ids))
        .orderBy(MembersTable.MEMBER_ID)
        .select(MembersTable.MEMBER_ID, MembersTable.ARCHITECTURE, MembersTable.PARAMETERS)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Member(
                    Architecture.parse(row.getAs(MembersTable.ARCHITECTURE)),
                    StoredWeights.of(row)))
        .toList();
  }
}
