package io.gradzoo.jobs.family;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Device;

/** Gradients of a family that a device can take. */
@FunctionalInterface
public interface DeviceGradients {

  /**
   * A workspace that takes gradients of several networks at once.
   *
   * @param form in which gradients of convolutions are taken
   * @param samples most of a set
   * @param most networks at once
   * @throws io.gradzoo.engine.fault.DeviceMemoryException if the device has too little memory
   */
  Extraction extraction(
      Architecture architecture, ConvolutionForm form, Device device, int samples, int most);
}
