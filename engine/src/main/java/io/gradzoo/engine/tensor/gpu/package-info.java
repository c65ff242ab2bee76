/**
 * A GPU as a device: a tape becomes a list of instructions over all models of a pass, kernels and
 * matrix products, on numbers in one piece of the device's memory. The kernels are the {@code .cu}
 * files beside this package.
 *
 * <p>Knows no GPU: an {@link io.gradzoo.engine.tensor.gpu.Accelerator} runs the instructions. It
 * opens no library and no file, and uses no kernels of the CPU.
 *
 * <p>Read {@link GpuDevice}, then {@link GpuOperations}, then {@link Emission}, then {@link
 * Instruction}.
 */
package io.gradzoo.engine.tensor.gpu;
