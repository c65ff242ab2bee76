package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.DeviceExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.ProbedNetwork;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.ProbedMember;
import java.util.List;

/** Takes gradients of several networks of layers at once. */
record LayersOnDevice(DeviceExtraction workspace) implements Extraction {
  static Extraction open(
      Architecture architecture, ConvolutionForm form, Device device, int samples, int most) {
    LayeredArchitecture layers = LayeredArchitecture.from(architecture);
    return new LayersOnDevice(DeviceExtraction.open(layers, form, device, samples, most));
  }

  @Override
  public int atOnce() {
    return workspace.networks();
  }

  @Override
  public Chunk take(ProbedMember member) {
    return take(List.of(member)).get(0);
  }

  @Override
  public List<Chunk> take(List<ProbedMember> members) {
    List<GradientSet> sets =
        workspace.extract(
            members.stream()
                .map(
                    of ->
                        new ProbedNetwork(
                            of.parameters(),
                            0,
                            of.probe().inputs(),
                            of.probe().samples(),
                            of.signal()))
                .toList());
    return sets.stream().map(LayeredGradients::chunk).toList();
  }
}
