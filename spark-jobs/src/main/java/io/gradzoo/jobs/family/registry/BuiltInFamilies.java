package io.gradzoo.jobs.family.registry;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.family.MemberFamilies;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.cnn.CnnFamily;
import io.gradzoo.jobs.family.inr.InrFamily;
import io.gradzoo.jobs.family.mlp.MlpFamily;
import io.gradzoo.jobs.family.transformer.TransformerFamily;
import java.util.List;

/** The families of target networks that every zoo may have. */
public final class BuiltInFamilies {
  /** All of them, in the order of messages. */
  public static final MemberFamilies ALL =
      new MemberFamilies(
          List.of(new MlpFamily(), new InrFamily(), new CnnFamily(), new TransformerFamily()));

  private BuiltInFamilies() {}

  /** The family of an architecture. */
  public static MemberFamily of(Architecture architecture) {
    return ALL.family(architecture);
  }
}
