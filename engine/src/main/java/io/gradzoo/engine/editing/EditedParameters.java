package io.gradzoo.engine.editing;

import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.Outputs;

/** Decodes outputs into the edited network itself: θ + f(θ), flat. */
public record EditedParameters() implements OutputDecoder {
  @Override
  public float[] decode(Outputs outputs, Example example) {
    float[] edited = example.input().weights().clone();
    outputs.addTo(edited);
    return edited;
  }
}
