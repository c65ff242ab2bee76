package io.gradzoo.jobs.model;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Collection;
import java.util.List;

/**
 * The target networks of a metanetwork, and the outputs that it must have for them.
 *
 * @param model its name, for messages
 * @param output shape of its outputs
 * @param numbers that it says of a network as a whole, if that is the shape
 * @param samples in a gradient set
 * @param architectures at least one
 */
public record TargetNetworks(
    String model, OutputShape output, int numbers, int samples, List<Architecture> architectures) {

  public TargetNetworks {
    architectures = List.copyOf(architectures);
  }

  /** The architectures, none of which is a transformer. */
  public List<LayeredArchitecture> layered() {
    return architectures.stream().map(LayeredArchitecture::from).toList();
  }

  /**
   * The one value that all networks share.
   *
   * @param expected of the networks, in words
   * @param found what to say if they do not agree
   * @throws GradzooException exit code 2 if there is another number of values than one
   */
  public <T> T only(Collection<T> values, String expected, Object found) {
    if (values.size() != 1) {
      throw GradzooException.usage(
          Fault.of("models." + model).expected(expected).found(found).fix("zoo.architectures"));
    }
    return values.iterator().next();
  }
}
