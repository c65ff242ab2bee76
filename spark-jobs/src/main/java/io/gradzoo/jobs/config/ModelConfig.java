package io.gradzoo.jobs.config;

/**
 * A metanetwork to train.
 *
 * @param name of its run directory
 * @param task what it predicts
 * @param members the family of members it is trained on
 * @param activations of those members
 * @param network kind and sizes
 * @param training shards, rounds, optimiser
 */
public record ModelConfig(
    String name,
    PredictionTask task,
    MemberFamily members,
    ActivationSelection activations,
    MetanetworkConfig network,
    TrainingConfig training) {

  /** The blocks a model may have, by kind. */
  enum Kind {
    SCALEGMN,
    GRADMETANET,
    GRADMETANET_PLUS_PLUS,
    GRADIENT_DEEP_SETS,
    NEURON_MLP
  }

  static ModelConfig read(String name, Section section, ZooConfig zoo, GradientsConfig gradients) {
    Kind kind = section.choice("kind", Kind.class);
    PredictionTask task = section.choice("task", PredictionTask.class);
    MemberFamily members = section.choice("members", MemberFamily.class);
    if (!zoo.has(members) && !zoo.architectures().isEmpty()) {
      section.problem("members", "zoo.architectures has no " + members.id());
    }
    ActivationSelection activations = section.choice("activations", ActivationSelection.class);
    if (section.wrong("kind")) {
      return new ModelConfig(name, task, members, activations, null, null);
    }
    MetanetworkConfig network = network(kind, section);
    checkTask(section, kind, task, network, gradients);
    if (network instanceof GradientNetworkConfig) {
      checkMembers(section, members, gradients);
    }
    ModelConfig model =
        new ModelConfig(
            name,
            task,
            members,
            activations,
            network,
            TrainingConfig.read(section.section("training")));
    section.finish();
    return model;
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
    Section block = section.section(Written.name(kind));
    return switch (kind) {
      case SCALEGMN -> ScaleGmnConfig.read(block);
      case GRADMETANET -> GradMetaNetConfig.read(block);
      case GRADMETANET_PLUS_PLUS -> GradMetaNetPlusPlusConfig.read(block);
      case GRADIENT_DEEP_SETS -> GradientDeepSetsConfig.read(block);
      case NEURON_MLP -> NeuronMlpConfig.read(block);
    };
  }

  private static void checkTask(
      Section section,
      Kind kind,
      PredictionTask task,
      MetanetworkConfig network,
      GradientsConfig gradients) {
    if (task.curvature() && kind == Kind.SCALEGMN) {
      section.problem("task", "expected accuracy: a scalegmn reads weights, not gradient sets");
    } else if (task.curvature() && gradients.targetSamples() == 0) {
      section.problem(
          "task", "expected gradients.target-samples above 0: the points of the target sets");
    }
    boolean diagonalOnly = kind == Kind.GRADIENT_DEEP_SETS || kind == Kind.NEURON_MLP;
    if (diagonalOnly && task != PredictionTask.FISHER_DIAGONAL) {
      section.problem("task", "expected fisher_diagonal with kind = " + Written.name(kind));
    }
    if (network instanceof GradientNetworkConfig reader
        && reader.estimate() == GradientNetworkConfig.Estimate.REWEIGHTED
        && task != PredictionTask.FISHER_DIAGONAL) {
      section.problem("task", "expected fisher_diagonal with estimate = reweighted");
    }
  }

  private static void checkMembers(
      Section section, MemberFamily members, GradientsConfig gradients) {
    if (members != MemberFamily.MLP) {
      section.problem(
          "members",
          "expected mlp: a gradmetanet reads exact factors, which only dense layers have");
    } else if (!gradients.members().includes(members)) {
      section.problem("members", "expected gradients.members to include " + members.id());
    }
  }
}
