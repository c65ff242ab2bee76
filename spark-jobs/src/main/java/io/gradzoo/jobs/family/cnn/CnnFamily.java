package io.gradzoo.jobs.family.cnn;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.family.layered.LayeredFamily;
import java.util.Set;

/** Networks with convolutions, global average pooling and dense layers. */
public record CnnFamily() implements LayeredFamily {
  @Override
  public String name() {
    return "cnn";
  }

  @Override
  public String title() {
    return "CNNs";
  }

  @Override
  public boolean has(LayeredArchitecture architecture) {
    return !architecture.dense();
  }

  @Override
  public Set<MemberUse> offers() {
    return Set.of(MemberUse.WEIGHTS, MemberUse.MAPS);
  }
}
