/**
 * What runs the instructions of {@link io.gradzoo.engine.tensor.gpu}: a CPU that emulates a GPU,
 * and GPUs through CUDA's driver. Kernels are compiled when they are first needed and kept in a
 * folder.
 *
 * <p>The only package of the engine that starts a compiler, opens libraries and writes files, all
 * of it behind {@link io.gradzoo.engine.tensor.gpu.Accelerator}; it knows neither operations nor
 * tapes.
 *
 * <p>Read {@link KernelSources}, then {@link EmulatedAccelerator}, then {@link NativeArguments}.
 */
package io.gradzoo.engine.device;
