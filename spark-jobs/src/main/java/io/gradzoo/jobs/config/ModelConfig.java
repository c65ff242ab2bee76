package io.gradzoo.jobs.config;

/**
 * A metanetwork to train.
 *
 * @param name of its run directory
 * @param members the family of members it is trained on
 * @param activations of those members
 * @param network kind and sizes
 * @param training shards, rounds, optimiser
 */
public record ModelConfig(
    String name,
    MemberFamily members,
    ActivationSelection activations,
    MetanetworkConfig network,
    TrainingConfig training) {

  /** The blocks a model may have, by kind. */
  enum Kind {
    SCALEGMN,
    GRADMETANET
  }

  static ModelConfig read(String name, Section section, ZooConfig zoo, GradientsConfig gradients) {
    Kind kind = section.choice("kind", Kind.class);
    MemberFamily members = section.choice("members", MemberFamily.class);
    if (!zoo.has(members) && !zoo.architectures().isEmpty()) {
      section.problem("members", "zoo.architectures has no " + members.id());
    }
    ActivationSelection activations = section.choice("activations", ActivationSelection.class);
    if (section.wrong("kind")) {
      return new ModelConfig(name, members, activations, null, null);
    }
    MetanetworkConfig network =
        switch (kind) {
          case SCALEGMN -> ScaleGmnConfig.read(section.section("scalegmn"));
          case GRADMETANET -> gradMetaNet(section, members, gradients);
        };
    ModelConfig model =
        new ModelConfig(
            name, members, activations, network, TrainingConfig.read(section.section("training")));
    section.finish();
    return model;
  }

  private static GradMetaNetConfig gradMetaNet(
      Section section, MemberFamily members, GradientsConfig gradients) {
    if (members != MemberFamily.MLP) {
      section.problem(
          "members",
          "expected mlp: a gradmetanet reads exact factors, which only dense layers have");
    } else if (!gradients.members().includes(members)) {
      section.problem("members", "expected gradients.members to include " + members.id());
    }
    return GradMetaNetConfig.read(section.section("gradmetanet"));
  }
}
