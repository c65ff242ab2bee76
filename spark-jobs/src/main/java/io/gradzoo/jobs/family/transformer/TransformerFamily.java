package io.gradzoo.jobs.family.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.engine.network.transformer.TrainableTransformer;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.MemberUse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Small transformers, which read images as tokens. They name their activation themselves, and are
 * trained without dropout.
 */
public record TransformerFamily() implements MemberFamily {
  @Override
  public String name() {
    return "transformer";
  }

  @Override
  public String title() {
    return "transformers";
  }

  @Override
  public boolean has(Architecture architecture) {
    return architecture instanceof TransformerArchitecture;
  }

  @Override
  public Set<MemberUse> offers() {
    return Set.of(MemberUse.TOKENS);
  }

  @Override
  public boolean choosesActivation() {
    return false;
  }

  @Override
  public boolean dropsOut() {
    return false;
  }

  @Override
  public boolean readsPoints() {
    return false;
  }

  @Override
  public boolean hasOutputSignal() {
    return false;
  }

  @Override
  public String depthName() {
    return "number of blocks";
  }

  @Override
  public String patternOf(Enum<?> activation) {
    return "%:" + activation.name().toLowerCase(Locale.ROOT) + ":%";
  }

  @Override
  public void requireTrainable(Architecture architecture, String set, Shape image, int classes) {
    TrainableTransformer.requireTrainable(TransformerArchitecture.from(architecture), image);
    if (architecture.outputs() != classes) {
      throw Fault.here()
          .expected("%d outputs for %s", classes, set)
          .found(architecture.outputs())
          .exception();
    }
  }

  @Override
  public void requireFitted(Architecture architecture, Optional<Shape> image) {
    throw Fault.here()
        .expected("no transformers with zoo.source = fitted")
        .fix("zoo.source = trained")
        .exception();
  }

  @Override
  public TrainableNetwork trainable(Architecture architecture, Shape image) {
    return new TrainableTransformer(TransformerArchitecture.from(architecture), image);
  }

  @Override
  public void requireRandom(Architecture architecture) {
    throw Fault.here()
        .expected("no transformers with zoo.source = random")
        .fix("zoo.source = trained")
        .exception();
  }

  @Override
  public float[] random(Architecture architecture, long seed) {
    requireRandom(architecture);
    return new float[0];
  }

  @Override
  public Optional<Integer> inputs(Architecture architecture) {
    return Optional.empty();
  }
}
