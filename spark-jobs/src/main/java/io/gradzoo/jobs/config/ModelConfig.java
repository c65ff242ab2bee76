package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.config.ScaleGmnConfig.SymmetryChoice;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.config.block.Written;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.task.PredictionTask;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A metanetwork to train.
 *
 * @param name of its run directory
 * @param task what it predicts
 * @param members the family of members it is trained on
 * @param activations of those members
 * @param network kind and sizes
 * @param training shards, rounds, learning rate
 * @param settingsTried how many settings were tried until these were chosen, shown beside results
 */
public record ModelConfig(
    String name,
    PredictionTask task,
    MemberFamily members,
    ActivationSelection activations,
    MetanetworkConfig network,
    TrainingSettings training,
    int settingsTried) {
  private static final int MOST_TRIED = 1_000_000;

  /** Tasks of which the answer is one number. */
  private static final Set<PredictionTask> ONE_NUMBER =
      Set.of(PredictionTask.ACCURACY, PredictionTask.FISHER_TRACE);

  /** The kinds of models: whom they read, what they predict, and the blocks they have. */
  enum Kind {
    SCALEGMN(Reads.WEIGHTS, Set.of(PredictionTask.ACCURACY), "scalegmn"),
    GRADMETANET(Reads.FACTORS, Set.of(PredictionTask.values()), "gradmetanet"),
    GRADMETANET_PLUS_PLUS(Reads.FACTORS, Set.of(PredictionTask.values()), "gradmetanet_plus_plus"),
    GRADMETANET_CONVOLUTION(Reads.MAPS, Set.of(PredictionTask.ACCURACY), "gradmetanet_convolution"),
    GRADMETANET_TRANSFORMER(
        Reads.TOKENS, Set.of(PredictionTask.ACCURACY), "gradmetanet_transformer"),
    HYBRID(Reads.FACTORS, ONE_NUMBER, "hybrid", "gradmetanet", "scalegmn"),
    HYBRID_PLUS_PLUS(Reads.FACTORS, ONE_NUMBER, "hybrid", "gradmetanet_plus_plus", "scalegmn"),
    GRADIENT_DEEP_SETS(Reads.FACTORS, Set.of(PredictionTask.FISHER_DIAGONAL), "gradient_deep_sets"),
    NEURON_MLP(Reads.FACTORS, Set.of(PredictionTask.FISHER_DIAGONAL), "neuron_mlp");

    private final Reads reads;
    private final Set<PredictionTask> tasks;
    private final Set<String> blocks;

    Kind(Reads reads, Set<PredictionTask> tasks, String... blocks) {
      this.reads = reads;
      this.tasks = tasks;
      this.blocks = Set.of(blocks);
    }

    /** The blocks of the kind of that name; none if there is none. */
    static Set<String> blocks(String name) {
      return Arrays.stream(values())
          .filter(kind -> Written.name(kind).equals(name))
          .findFirst()
          .map(kind -> kind.blocks)
          .orElse(Set.of());
    }

    /** The blocks of all kinds. */
    static Set<String> blocks() {
      return Arrays.stream(values())
          .flatMap(kind -> kind.blocks.stream())
          .collect(Collectors.toSet());
    }
  }

  /** What a kind of model reads of a member. */
  private enum Reads {
    WEIGHTS,
    /** The factors of every layer's gradients, which are dense. */
    FACTORS,
    /** Those, and the maps and signals of convolutions. */
    MAPS,
    /** The factors of every token of transformers. */
    TOKENS
  }

  static ModelConfig read(String name, Section block, ZooConfig zoo, GradientsConfig gradients) {
    Section section = block.affecting(Effects.on(Artefact.MODELS).and(whileStudied(block)));
    Kind kind = section.choice("kind", Kind.class);
    PredictionTask task = section.choice("task", PredictionTask.class);
    MemberFamily members = section.choice("members", MemberFamily.class);
    if (!zoo.has(members) && !zoo.architectures().isEmpty()) {
      section.problem("members", Fault.here().found("zoo.architectures has no " + members.id()));
    }
    ActivationSelection activations = section.choice("activations", ActivationSelection.class);
    if (section.wrong("kind")) {
      return new ModelConfig(name, task, members, activations, null, null, 1);
    }
    MetanetworkConfig network = network(kind, section);
    checkTask(section, kind, task, network, gradients);
    checkMembers(section, kind, members, gradients);
    if (members == MemberFamily.TRANSFORMER && activations != ActivationSelection.ALL) {
      section.problem(
          "activations",
          Fault.here().expected("all with members = transformer").found(Written.name(activations)));
    }
    ModelConfig model =
        new ModelConfig(
            name,
            task,
            members,
            activations,
            network,
            TrainingKeys.read(section.section("training")),
            block.affecting(Effects.NONE).count("settings-tried", 1, MOST_TRIED));
    section.finish();
    return model;
  }

  /** The study trains the models that predict Fisher diagonals. */
  private static Effects whileStudied(Section section) {
    return Effects.on(Artefact.STUDY)
        .onlyWith(section.path("task"), PredictionTask.FISHER_DIAGONAL);
  }

  /** Whether the model reads gradient sets; else it reads weights. */
  public boolean readsGradients() {
    return network instanceof GradientNetworkConfig;
  }

  /** Whether the model weighs the samples of the standard estimate of a Fisher diagonal. */
  public boolean reweightsEstimate() {
    return network instanceof GradientNetworkConfig gradients
        && gradients.estimate() == GradientNetworkConfig.Estimate.REWEIGHTED;
  }

  private static MetanetworkConfig network(Kind kind, Section section) {
    return switch (kind) {
      case SCALEGMN -> scaleGmn(section);
      case GRADMETANET -> gradMetaNet(section);
      case GRADMETANET_PLUS_PLUS -> gradMetaNetPlusPlus(section);
      case GRADMETANET_CONVOLUTION ->
          GradMetaNetConvolutionConfig.read(section.section("gradmetanet_convolution"));
      case GRADMETANET_TRANSFORMER ->
          GradMetaNetTransformerConfig.read(section.section("gradmetanet_transformer"));
      case HYBRID -> hybrid(section, gradMetaNet(section));
      case HYBRID_PLUS_PLUS -> hybrid(section, gradMetaNetPlusPlus(section));
      case GRADIENT_DEEP_SETS -> GradientDeepSetsConfig.read(section.section("gradient_deep_sets"));
      case NEURON_MLP -> NeuronMlpConfig.read(section.section("neuron_mlp"));
    };
  }

  private static ScaleGmnConfig scaleGmn(Section section) {
    return ScaleGmnConfig.read(section.section("scalegmn"));
  }

  private static GradMetaNetConfig gradMetaNet(Section section) {
    return GradMetaNetConfig.read(section.section("gradmetanet"));
  }

  private static GradMetaNetPlusPlusConfig gradMetaNetPlusPlus(Section section) {
    return GradMetaNetPlusPlusConfig.read(section.section("gradmetanet_plus_plus"));
  }

  private static HybridConfig hybrid(Section section, GradientNetworkConfig gradients) {
    ScaleGmnConfig graph = scaleGmn(section);
    if (graph.phases() == Phases.CANONICAL && graph.symmetry() == SymmetryChoice.PERMUTATION) {
      section.problem(
          "scalegmn",
          Fault.here()
              .expected(
                  "another symmetry than permutation with phases = canonical: gradients change with the phases"));
    }
    return HybridConfig.read(section.section("hybrid"), gradients, graph);
  }

  private static void checkTask(
      Section section,
      Kind kind,
      PredictionTask task,
      MetanetworkConfig network,
      GradientsConfig gradients) {
    if (!kind.tasks.contains(task)) {
      section.problem(
          "task",
          Fault.here()
              .expected(
                  "%s with kind = %s",
                  Arrays.stream(PredictionTask.values())
                      .filter(kind.tasks::contains)
                      .map(Written::name)
                      .collect(Collectors.joining(" or ")),
                  Written.name(kind))
              .found(Written.name(task)));
    } else if (task.curvature() && gradients.targetSamples() == 0) {
      section.problem(
          "task",
          Fault.here().expected("gradients.target-samples above 0: the points of the target sets"));
    }
    if (network instanceof GradientNetworkConfig reader
        && reader.estimate() == GradientNetworkConfig.Estimate.REWEIGHTED
        && task != PredictionTask.FISHER_DIAGONAL) {
      section.problem("task", Fault.here().expected("fisher_diagonal with estimate = reweighted"));
    }
  }

  private static void checkMembers(
      Section section, Kind kind, MemberFamily members, GradientsConfig gradients) {
    Fault misfit = misfit(kind, members);
    if (misfit != null) {
      section.problem("members", misfit);
    } else if (kind.reads != Reads.WEIGHTS && !gradients.members().includes(members)) {
      section.problem(
          "members", Fault.here().expected("gradients.members to include " + members.id()));
    } else if (kind.reads == Reads.MAPS
        && gradients.convolutions().kind() != ConvolutionStorage.Kind.MAPS) {
      section.problem(
          "kind",
          Fault.here().expected("gradients.convolutions = maps with kind = " + Written.name(kind)));
    }
  }

  /** Why the kind cannot read members of a family, and which could; null if it can. */
  private static Fault misfit(Kind kind, MemberFamily members) {
    String name = Written.name(kind);
    boolean transformer = members == MemberFamily.TRANSFORMER;
    return switch (kind.reads) {
      case WEIGHTS ->
          transformer
              ? Fault.here()
                  .expected("mlp or cnn with kind = " + name)
                  .fix("kind = gradmetanet_transformer")
              : null;
      case FACTORS ->
          members == MemberFamily.MLP
              ? null
              : Fault.here()
                  .expected("mlp: a %s reads exact factors, which only dense layers have", name)
                  .fix(
                      "kind = %s",
                      transformer ? "gradmetanet_transformer" : "gradmetanet_convolution");
      case MAPS ->
          members == MemberFamily.CNN ? null : Fault.here().expected("cnn with kind = " + name);
      case TOKENS -> transformer ? null : Fault.here().expected("transformer with kind = " + name);
    };
  }
}
