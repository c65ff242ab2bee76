package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.tensor.Device;

/** The golden outputs and derivatives of both GradMetaNets, with the kernels of a GPU, emulated. */
class EmulatedGoldenSetsTest extends GoldenGradientSetDerivativesTest {

  @Override
  Device device() {
    return EmulatedGpu.device();
  }
}
