package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.Outputs;
import java.util.SplittableRandom;

/** The loss of edited networks of one architecture. */
final class EditLoss implements Objective.ExampleLoss, OutputDecoder {
  private final EditObjective objective;
  private final EditedNetwork network;
  private final float[] edited;
  private final float[] gradient;
  private final int[] drawn;
  private final int batch;

  EditLoss(EditObjective objective, LayeredArchitecture architecture) {
    this.objective = objective;
    this.network = new EditedNetwork(architecture, objective.l1());
    network.requireFit(objective.images().training());
    network.requireFit(objective.images().judging());
    this.edited = new float[architecture.parameterCount()];
    this.gradient = new float[architecture.parameterCount()];
    this.drawn = new int[objective.images().training().size()];
    this.batch = Math.min(objective.imagesPerStep(), drawn.length);
    begin(0);
  }

  /** Draws the images of a step: the first of a shuffle that ends when there are enough. */
  @Override
  public void begin(long draw) {
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = i;
    }
    SplittableRandom random = new SplittableRandom(draw);
    for (int i = 0; i < batch; i++) {
      int j = random.nextInt(i, drawn.length);
      int swapped = drawn[i];
      drawn[i] = drawn[j];
      drawn[j] = swapped;
    }
  }

  @Override
  public double differentiate(Outputs outputs, Example example, int networks) {
    edit(outputs, example);
    double loss =
        network.differentiate(edited, objective.images().training(), drawn, batch, gradient);
    outputs.differentiate(gradient, 1f / networks);
    return loss;
  }

  @Override
  public double evaluate(Outputs outputs, Example example) {
    edit(outputs, example);
    return network.measure(edited, objective.images().judging()).objective();
  }

  @Override
  public float[] decode(Outputs outputs, Example example) {
    edit(outputs, example);
    Samples images = objective.images().judging();
    return new float[] {(float) network.measure(edited, images).loss()};
  }

  private void edit(Outputs outputs, Example example) {
    System.arraycopy(example.input().weights(), 0, edited, 0, edited.length);
    outputs.addTo(edited);
  }
}
