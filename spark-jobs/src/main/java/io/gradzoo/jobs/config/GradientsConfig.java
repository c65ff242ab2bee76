package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.ConfigSpelling;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import java.io.Serializable;

/**
 * What gradient sets are taken on, and of what.
 *
 * @param probe where the samples come from
 * @param probeSamples samples in a probe set
 * @param targetSamples points in each member's second set, of which only moments are kept; 0 for
 *     none
 * @param signal where the output signal comes from
 * @param loss the number that is differentiated
 * @param output which output that is, if the loss is an output
 * @param convolutions what is kept of convolutions beside their moments
 * @param chunkBytes most bytes of factors that are computed and stored in one piece
 * @param members whose gradient sets are computed
 * @param unservable what becomes of members whose gradients float32 cannot hold
 * @param membersPerTask members that a Spark task works through; divides the work and changes no
 *     result
 */
public record GradientsConfig(
    Probe probe,
    int probeSamples,
    int targetSamples,
    SignalKind signal,
    LossKind loss,
    int output,
    ConvolutionStorage convolutions,
    int chunkBytes,
    MemberSelection members,
    Unservable unservable,
    int membersPerTask)
    implements Serializable {
  /** Of what images are, or which are tested on. */
  static final Effects OF_IMAGES =
      Effects.on(Artefact.GRADIENT_SETS).onlyWith("gradients.probe", Probe.IMAGES);

  private static final int MOST_SAMPLES = 10_000_000;

  /** Where samples come from. */
  public enum Probe {
    /** Test images of the zoo's image set, the same for all members. */
    IMAGES,
    /** Coordinates on [−1, 1], drawn for each member. */
    POINTS
  }

  /** What becomes of members whose gradients float32 cannot hold. */
  public enum Unservable {
    /** The command stops at the first. */
    STOP,
    /** They are listed and have no sets. */
    EXCLUDE
  }

  /** Where an output signal comes from. */
  public enum SignalKind {
    /** The loss against the samples' labels. */
    LABEL,
    /** The loss against labels drawn from the model's own distribution. */
    MODEL_SAMPLED,
    /** One output of the network. */
    OUTPUT;

    /** The name that stands in tables and configs. */
    public String id() {
      return ConfigSpelling.name(this);
    }
  }

  /** The number of each sample that is differentiated. */
  public enum LossKind {
    /** Cross-entropy. */
    CE,
    /** Squared error, summed over the outputs. */
    MSE_SUM,
    /** Half the squared error. */
    HALF_MSE,
    /** One output. */
    OUTPUT_K;

    /** The name that stands in tables and configs. */
    public String id() {
      return ConfigSpelling.name(this);
    }
  }

  static GradientsConfig read(Section section, ZooConfig zoo) {
    Section nothing = section.affecting(Effects.NONE);
    Section ofOutput =
        section.affecting(
            Effects.on(Artefact.GRADIENT_SETS).onlyWith(section.path("signal"), SignalKind.OUTPUT));
    GradientsConfig gradients =
        new GradientsConfig(
            section.choice("probe", Probe.class),
            section.count("probe-samples", 1, MOST_SAMPLES),
            section.count("target-samples", 0, MOST_SAMPLES),
            section.choice("signal", SignalKind.class),
            section.choice("loss", LossKind.class),
            ofOutput.count("output", 0, MOST_SAMPLES),
            ConvolutionStorage.read(section, "convolutions"),
            section.count("chunk-bytes", 1 << 10, 1 << 30),
            MemberSelection.read(section, "members", BuiltInFamilies.ALL),
            section.choice("unservable-members", Unservable.class),
            nothing.count("members-per-task", 1, 1_000_000));
    gradients.check(section);
    gradients.checkFamilies(section, zoo);
    section.finish();
    return gradients;
  }

  /** What gradients of the zoo's families cannot be taken on, or of. */
  private void checkFamilies(Section section, ZooConfig zoo) {
    if (section.wrong("members")) {
      return;
    }
    for (MemberFamily family : BuiltInFamilies.ALL.all()) {
      if (members.includes(family) && zoo.has(family)) {
        check(section, family);
      }
    }
  }

  private void check(Section section, MemberFamily family) {
    if (!family.readsPoints() && !section.wrong("probe") && probe == Probe.POINTS) {
      section.problem(
          "probe",
          Fault.here().expected("images for the %s of the zoo", family.title()).found("points"));
    } else if (!family.hasOutputSignal()
        && !section.wrong("signal")
        && signal == SignalKind.OUTPUT) {
      section.problem(
          "signal",
          Fault.here()
              .expected("label or model_sampled for the %s of the zoo", family.title())
              .found("output"));
    }
  }

  private void check(Section section) {
    if (!section.wrong("signal")
        && !section.wrong("loss")
        && (signal == SignalKind.OUTPUT) != (loss == LossKind.OUTPUT_K)) {
      section.problem(
          "loss",
          signal == SignalKind.OUTPUT
              ? Fault.here().expected("output_k with signal = output").found(loss.id())
              : Fault.here()
                  .expected("ce, mse_sum or half_mse with signal = " + signal.id())
                  .found("output_k"));
    }
    if (!section.wrong("probe") && probe == Probe.POINTS && signal == SignalKind.LABEL) {
      section.problem(
          "signal",
          Fault.here().expected("another than label with probe = points: they have none"));
    }
    if (!section.wrong("probe") && probe == Probe.IMAGES && targetSamples > 0) {
      section.problem(
          "target-samples", Fault.here().expected("0 with probe = images").found(targetSamples));
    }
  }
}
