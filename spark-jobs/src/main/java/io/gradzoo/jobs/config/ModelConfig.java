package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.ConfigSpelling;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.MemberFamilies;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.Kinds;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.TargetNetworks;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputUnit;
import io.gradzoo.jobs.task.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A metanetwork to train.
 *
 * @param name of its run directory
 * @param task what it learns
 * @param members the family of members it is trained on
 * @param activations of those members
 * @param kind of metanetwork; null, as design and training, of a model that nobody may use, whose
 *     kind is none
 * @param design of the metanetwork
 * @param samples in a gradient set
 * @param training shards, rounds, learning rate
 * @param trainer what makes the rounds
 * @param checkpointEvery rounds of a training from one checkpoint to the next
 * @param settingsTried how many settings were tried until these were chosen, shown beside results
 */
public record ModelConfig(
    String name,
    MetanetworkTask task,
    MemberFamily members,
    ActivationSelection activations,
    MetanetworkKind kind,
    MetanetworkDesign design,
    int samples,
    TrainingSettings training,
    TrainerChoice trainer,
    int checkpointEvery,
    int settingsTried) {
  private static final int MOST_TRIED = 1_000_000;

  static ModelConfig read(
      String name,
      Section block,
      ModelChoices choices,
      MemberFamilies families,
      ZooConfig zoo,
      GradientsConfig gradients) {
    Kinds kinds = choices.kinds();
    Tasks tasks = choices.tasks();
    Effects studied = whileStudied(block, tasks);
    Section section = block.affecting(Effects.on(Artefact.MODELS).and(studied));
    String kindName = section.word("kind", kinds.names());
    MetanetworkTask task = section.choice("task", tasks.all(), MetanetworkTask::name).read(section);
    MemberFamily members =
        families.named(section.word("members", families.names())).orElse(families.all().get(0));
    if (!zoo.mayHave(members)) {
      section.problem("members", Fault.here().found("zoo.architectures has no " + members.name()));
    }
    ActivationSelection activations = section.choice("activations", ActivationSelection.class);
    int samples = gradients.probeSamples();
    if (section.wrong("kind")) {
      return new ModelConfig(
          name, task, members, activations, null, null, samples, null, null, 1, 1);
    }
    MetanetworkKind kind = kinds.named(kindName).orElseThrow();
    MetanetworkDesign design = kind.read(section);
    checkTask(section, kind, tasks, task, design, gradients);
    if (members.offers().contains(kind.uses())) {
      checkGradients(section, kind, members, gradients);
    } else {
      List<MetanetworkKind> others = kinds.inPlaceOf(kind, members, task);
      section.problem("members", unsupported(kind, families.offering(kind.uses()), others));
    }
    if (!members.choosesActivation() && activations != ActivationSelection.ALL) {
      section.problem(
          "activations",
          Fault.here()
              .expected("all with members = " + members.name())
              .found(ConfigSpelling.name(activations)));
    }
    Section training = section.section("training");
    TrainingSettings settings = TrainingKeys.read(training, studied);
    ModelConfig model =
        new ModelConfig(
            name,
            task,
            members,
            activations,
            kind,
            design,
            samples,
            settings,
            TrainingKeys.trainer(training, settings, task),
            TrainingKeys.checkpointEvery(training),
            block.affecting(Effects.NONE).count("settings-tried", 1, MOST_TRIED));
    training.finish();
    section.finish();
    return model;
  }

  /** The study trains the models of some tasks. */
  private static Effects whileStudied(Section section, Tasks tasks) {
    List<String> studied =
        tasks.all().stream()
            .filter(MetanetworkTask::averagesSquaredGradients)
            .map(MetanetworkTask::name)
            .toList();
    return Effects.on(Artefact.STUDY).onlyWith(section.path("task"), studied);
  }

  /** The same model of another form of its task. */
  public ModelConfig withTask(MetanetworkTask form) {
    return with(form, training);
  }

  /** The same model, trained in another way. */
  public ModelConfig withTraining(TrainingSettings other) {
    return with(task, other);
  }

  private ModelConfig with(MetanetworkTask form, TrainingSettings settings) {
    return new ModelConfig(
        name,
        form,
        members,
        activations,
        kind,
        design,
        samples,
        settings,
        trainer,
        checkpointEvery,
        settingsTried);
  }

  /** Whether the model reads gradient sets; else it reads weights. */
  public boolean readsGradients() {
    return kind != null && kind.uses().gradients();
  }

  /** What the model reads from gradient sets; empty if it reads weights. */
  public Optional<GradientInput> gradients() {
    return design.gradients(samples);
  }

  /** The unit of the model's outputs. */
  public OutputUnit outputUnit() {
    return reweightsEstimate() ? OutputUnit.TARGETS : OutputUnit.DEVIATIONS;
  }

  /** Whether the model reweights the samples of the standard estimate of a Fisher diagonal. */
  public boolean reweightsEstimate() {
    return design != null && design.reweightsEstimate();
  }

  /**
   * The metanetwork for its target networks.
   *
   * @param architectures at least one
   * @throws GradzooException exit code 2 if one metanetwork cannot serve them all
   */
  public MetanetworkSpec spec(List<Architecture> architectures) {
    return design.spec(targets(architectures));
  }

  /**
   * Its target networks, with the outputs that it must have for them.
   *
   * @param architectures at least one
   */
  public TargetNetworks targets(List<Architecture> architectures) {
    return new TargetNetworks(name, task.output(), task.numbers(), samples, architectures);
  }

  private static void checkTask(
      Section section,
      MetanetworkKind kind,
      Tasks tasks,
      MetanetworkTask task,
      MetanetworkDesign design,
      GradientsConfig gradients) {
    if (!kind.serves(task)) {
      section.problem(
          "task",
          Fault.here()
              .expected(
                  "%s with kind = %s",
                  tasks.words(kind::serves, MetanetworkTask::name), kind.name())
              .found(task.name()));
    } else if (task.usesTargetSets() && gradients.targetSamples() == 0) {
      section.problem(
          "task",
          Fault.here().expected("gradients.target-samples above 0: the points of the target sets"));
    }
    if (design.reweightsEstimate() && !task.averagesSquaredGradients()) {
      section.problem(
          "task",
          Fault.here()
              .expected(
                  "%s with estimate = reweighted",
                  tasks.words(MetanetworkTask::averagesSquaredGradients, MetanetworkTask::name)));
    }
  }

  private static void checkGradients(
      Section section, MetanetworkKind kind, MemberFamily members, GradientsConfig gradients) {
    if (kind.uses().gradients() && !gradients.members().includes(members)) {
      section.problem(
          "members", Fault.here().expected("gradients.members to include " + members.name()));
    } else if (kind.uses() == MemberUse.MAPS
        && gradients.convolutions().kind() != ConvolutionStorage.Representation.MAPS) {
      section.problem(
          "kind",
          Fault.here().expected("gradients.convolutions = maps with kind = " + kind.name()));
    }
  }

  /** Which families the kind reads, why no others, and which kinds could. */
  private static Fault unsupported(
      MetanetworkKind kind, List<MemberFamily> serving, List<MetanetworkKind> others) {
    String families = serving.stream().map(MemberFamily::name).collect(Collectors.joining(" or "));
    String reason = kind.uses().reason();
    Fault fault =
        reason.isEmpty()
            ? Fault.here().expected("%s with kind = %s", families, kind.name())
            : Fault.here().expected("%s: a %s reads %s", families, kind.name(), reason);
    return others.isEmpty()
        ? fault
        : fault.fix(
            "kind = %s",
            others.stream().map(MetanetworkKind::name).collect(Collectors.joining(" or ")));
  }
}
