package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.family.ProbeSamples;

/** A gradient set of a network of layers, computed on demand. */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record TakenLayers(
    LayeredArchitecture architecture, float[] weights, ProbeSamples probe, Signal signal)
    implements MemberGradients {
  @Override
  public GradientSet layers() {
    return taken(ConvolutionForm.GRADIENTS);
  }

  @Override
  public GradientSet maps() {
    return taken(ConvolutionForm.FACTORS);
  }

  private GradientSet taken(ConvolutionForm convolutions) {
    return new GradientExtraction(architecture, convolutions)
        .extract(weights, 0, probe.inputs(), probe.samples(), signal);
  }
}
