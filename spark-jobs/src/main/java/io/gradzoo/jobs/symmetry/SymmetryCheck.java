package io.gradzoo.jobs.symmetry;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainedOn;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.zoo.ZooImages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: measures on the members of a zoo how far a trained model's results move under the symmetries
 * that it promises to respect, and under changes that are no symmetries, and prints a table. It is
 * a measurement: it succeeds whatever the result, be it that there is nothing to check.
 */
public final class SymmetryCheck implements Job<SymmetryMeasurements> {
  /**
   * What is measured.
   *
   * @param runs whose members are taken; empty for all
   * @param members of each activation
   * @param elements changes of each member
   */
  private record Scope(Optional<Set<String>> runs, int members, int elements) {
    static final Scope WHOLE_ZOO = new Scope(Optional.empty(), 20, 10);

    static Scope heldOut(Collection<String> runs) {
      return new Scope(Optional.of(Set.copyOf(runs)), 8, 5);
    }
  }

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
                  Fault.of("symmetry check")
                      .at("--zoo")
                      .expected(ZooConfig.NAMES)
                      .found("\"%s\"", name));
            });
  }

  /**
   * Measures.
   *
   * @throws GradzooException exit code 3 if the run or the zoo's members are missing, damaged or do
   *     not fit each other, or no zoo is named and the run was trained on other members
   */
  @Override
  public SymmetryMeasurements run(JobContext context) {
    TrainedModel model = TrainedModel.load(run, context);
    MetanetworkTask task = model.model().task();
    if (!measurable(task)) {
      throw GradzooException.usage(
          Fault.of("symmetry check")
              .expected(
                  "a model that predicts %s",
                  context
                      .config()
                      .choices()
                      .tasks()
                      .words(SymmetryCheck::measurable, MetanetworkTask::title))
              .found("one of the %s", task.title())
              .fix("name another run"));
    }
    String name = zoo.orElse(model.config().zoo().name());
    if (zoo.isEmpty()) {
      TaskExamples examples = new TaskExamples(context.tables(), model.config(), model.model());
      TrainedOn.of(run, model, examples)
          .require("symmetry check", "--zoo " + name + " to measure on these");
    }
    List<Measurement> measurements =
        JobDescription.during(
            context.session(),
            "symmetry check " + model.model().name() + " on " + name,
            () -> measure(context, model, name, Scope.WHOLE_ZOO));
    return new SymmetryMeasurements(model.model().name(), name, measurements);
  }

  /**
   * Measures a model that was just trained on the zoo of its config, on few of its members.
   *
   * @param runs whose members are taken
   * @throws GradzooException exit code 3 if there are none, or images that the model reads are
   *     missing
   */
  public static SymmetryMeasurements ofHeldOut(
      JobContext context, TrainedModel model, Collection<String> runs) {
    String zoo = model.config().zoo().name();
    return new SymmetryMeasurements(
        model.model().name(), zoo, measure(context, model, zoo, Scope.heldOut(runs)));
  }

  /** Whether a model gives numbers of a network as a whole, for networks of images. */
  public static boolean measurable(MetanetworkTask task) {
    return task.output() == OutputShape.NUMBERS && !task.usesTargetSets();
  }

  private static List<Measurement> measure(
      JobContext context, TrainedModel model, String zoo, Scope scope) {
    Subject.Reading weights = (architecture, network) -> ExampleParts.ofWeights(network);
    Subject subject =
        new Subject(
            model,
            model
                .model()
                .gradients()
                .<Subject.Reading>map(
                    input -> new GradientReading(model, input, images(context, model)))
                .orElse(weights));
    List<ActivationGroup> all = groups(model);
    List<Sample> samples = new ArrayList<>();
    for (ActivationGroup group : all) {
      List<Member> members = sample(context, model, zoo, group, scope);
      if (!members.isEmpty()) {
        samples.add(new Sample(group, members));
      }
    }
    if (samples.isEmpty()) {
      throw GradzooException.data(
          Fault.of("symmetry check")
              .expected(
                  "healthy %s members with %s in %s",
                  model.model().members().name(),
                  all.stream().map(ActivationGroup::activation).toList(),
                  zoo)
              .found("none")
              .fix("--zoo"));
    }
    List<Measurement> measurements = new ArrayList<>();
    int total = samples.stream().mapToInt(sample -> sample.group().changes().size()).sum();
    try (Progress.Task progress = context.progress().start("symmetry check", "symmetries", total)) {
      for (Sample sample : samples) {
        for (Change change : sample.group().changes()) {
          measurements.add(
              Measurement.of(
                  change,
                  sample.group().activation(),
                  subject,
                  sample.members(),
                  scope.elements(),
                  model.config().seed()));
          progress.advance(1);
        }
      }
    }
    return measurements;
  }

  /** The zoo that the model was trained on, whose images it reads. */
  private static ZooConfig images(JobContext context, TrainedModel model) {
    ZooConfig zoo = model.config().zoo();
    TableId members = MembersTable.SCHEMA.in(zoo.name());
    return context.tables().exists(members)
        ? ZooImages.of(zoo, context.tables().describe(members).properties())
        : zoo;
  }

  /**
   * Networks that the same changes are made to.
   *
   * @param activation of all of them
   * @param has condition on a text form, that it is one of them
   * @param changes of such networks
   */
  private record ActivationGroup(String activation, Column has, List<Change> changes) {}

  /** Networks of a group that stand in a zoo. */
  private record Sample(ActivationGroup group, List<Member> members) {}

  /** The networks that the model was trained on, by their activations. */
  private static List<ActivationGroup> groups(TrainedModel model) {
    MemberFamily family = model.model().members();
    List<SymmetryPromise> promises =
        model.model().design().symmetries(model.model().targets(model.architectures()));
    List<ActivationGroup> groups = new ArrayList<>();
    for (Architecture one : oneOfEachActivation(model.architectures())) {
      groups.add(
          new ActivationGroup(
              one.activation().name().toLowerCase(Locale.ROOT),
              col(MembersTable.ARCHITECTURE).like(family.patternOf(one.activation())),
              Change.of(promises, one)));
    }
    return groups;
  }

  /** In the order of the activations' enum: all are of one family. */
  @SuppressWarnings("EnumOrdinal") // their order
  private static Collection<Architecture> oneOfEachActivation(List<Architecture> architectures) {
    SortedMap<Integer, Architecture> ofEach = new TreeMap<>();
    for (Architecture architecture : architectures) {
      ofEach.putIfAbsent(architecture.activation().ordinal(), architecture);
    }
    return ofEach.values();
  }

  /** Members that stand first when ordered by a hash of their ids. */
  private static List<Member> sample(
      JobContext context, TrainedModel model, String zoo, ActivationGroup group, Scope scope) {
    Dataset<Row> members =
        context
            .tables()
            .read(zoo, MembersTable.SCHEMA)
            .where(MembersTable.healthy())
            .where(model.model().members().rows())
            .where(group.has());
    Dataset<Row> candidates = members.select(MembersTable.MEMBER_ID, MembersTable.RUN_ID);
    Object[] ids =
        scope
            .runs()
            .map(
                runs ->
                    candidates.filter(
                        (FilterFunction<Row>) member -> runs.contains(member.getString(1))))
            .orElse(candidates)
            .orderBy(xxhash64(col(MembersTable.MEMBER_ID)), col(MembersTable.MEMBER_ID))
            .takeAsList(scope.members())
            .stream()
            .map(row -> row.getString(0))
            .toArray();
    return members
        .where(col(MembersTable.MEMBER_ID).isin(ids))
        .orderBy(MembersTable.MEMBER_ID)
        .select(
            MembersTable.MEMBER_ID,
            MembersTable.ARCHITECTURE,
            MembersTable.PARAMETERS,
            MembersTable.PARAMETERS_SHA256)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Member(
                    Architectures.parse(row.getAs(MembersTable.ARCHITECTURE)),
                    StoredWeights.of(row)))
        .toList();
  }
}
