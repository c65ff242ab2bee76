package io.gradzoo.engine.pruning;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;

/**
 * What a trained metanetwork says the accuracy of a network is, {@code σ(f̂(θ))}, and its
 * derivative by the network's own weights. Not thread-safe.
 */
public final class PredictedAccuracy {
  private final Program program;

  /**
   * @param predictor with one output, whose logistic function is the accuracy
   * @param parameters of the predictor, flat
   * @param architecture of the networks
   */
  public PredictedAccuracy(
      ScaleGmn predictor, float[] parameters, LayeredArchitecture architecture) {
    Tape tape =
        new Tape(CpuDevice.best(), Parameters.over(parameters.clone()), 1, Tape.Mode.TRAINING);
    this.program = predictor.recordDifferentiable(tape, architecture).program(tape);
  }

  /**
   * The prediction.
   *
   * @param network flat parameters
   * @return in (0, 1)
   */
  public double predict(float[] network) {
    program.load(0, ExampleParts.ofWeights(network));
    program.forward(1);
    return 1 / (1 + StrictMath.exp(-program.output().values()[0]));
  }

  /**
   * The prediction and its derivative.
   *
   * @param network flat parameters
   * @param gradient output, as long as the network
   */
  public double differentiate(float[] network, float[] gradient) {
    double predicted = predict(network);
    program.output().gradients()[0] = (float) (predicted * (1 - predicted));
    program.backward();
    program.exampleGradient(0, gradient);
    return predicted;
  }
}
