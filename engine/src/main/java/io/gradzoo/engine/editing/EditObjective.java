package io.gradzoo.engine.editing;

import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.Outputs;
import io.gradzoo.engine.training.RecordedLoss;
import java.util.Optional;

/**
 * The loss of an edited network: with θ' = θ + f(θ), the mean cross-entropy of θ' on images, plus
 * {@code l1 · ‖θ'‖₁} over all weights and biases (Kuipers et al. 2025). Its gradient by θ' is that
 * of the target network's own backward pass; nothing is approximated.
 *
 * <p>The networks of a minibatch see the same images, {@code imagesPerStep} drawn without
 * repetition; which, is a function of the step and the shard. As a decoder it says the
 * cross-entropy of the edited network on the judging images.
 *
 * @param images what networks are shown
 * @param imagesPerStep drawn for a minibatch of networks; all, where there are fewer
 * @param l1 weight of the norm, 0 for none
 */
public record EditObjective(ImageSupply images, int imagesPerStep, double l1)
    implements Objective, OutputDecoder {

  /**
   * @throws IllegalArgumentException if its networks have other layers than dense and convolution
   *     layers, or cannot read the images
   */
  @Override
  public ExampleLoss loss(Architecture architecture) {
    return new EditLoss(this, LayeredArchitecture.from(architecture));
  }

  /**
   * @throws IllegalArgumentException as {@link #loss}
   */
  @Override
  public Optional<RecordedLoss> recorded(
      Tape tape, Recording metanetwork, Architecture architecture) {
    LayeredArchitecture networks = LayeredArchitecture.from(architecture);
    return Optional.of(new RecordedEditLoss(this, networks, tape, metanetwork));
  }

  @Override
  public OutputDecoder forArchitecture(Architecture architecture) {
    return new EditLoss(this, LayeredArchitecture.from(architecture));
  }

  @Override
  public float[] decode(Outputs outputs, Example example) {
    throw new IllegalStateException("decodes examples of one architecture: see forArchitecture");
  }
}
