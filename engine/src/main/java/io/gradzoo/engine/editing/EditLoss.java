package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.Outputs;

/** The loss of edited networks of one architecture. */
final class EditLoss implements Objective.ExampleLoss, OutputDecoder {
  private final EditObjective objective;
  private final EditedNetwork network;
  private final float[] edited;
  private final float[] gradient;
  private final ImageDraw images;

  EditLoss(EditObjective objective, LayeredArchitecture architecture) {
    this.objective = objective;
    this.network = new EditedNetwork(architecture, objective.l1());
    network.requireFit(objective.images().training());
    network.requireFit(objective.images().judging());
    this.edited = new float[architecture.parameterCount()];
    this.gradient = new float[architecture.parameterCount()];
    this.images = new ImageDraw(objective.images().training(), objective.imagesPerStep());
  }

  @Override
  public void begin(long draw) {
    images.begin(draw);
  }

  @Override
  public double differentiate(Outputs outputs, Example example, int networks) {
    edit(outputs, example);
    Samples training = objective.images().training();
    double loss = network.differentiate(edited, training, images.rows(), images.count(), gradient);
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
    Samples judging = objective.images().judging();
    return new float[] {(float) network.measure(edited, judging).loss()};
  }

  private void edit(Outputs outputs, Example example) {
    System.arraycopy(example.input().weights(), 0, edited, 0, edited.length);
    outputs.addTo(edited);
  }
}
