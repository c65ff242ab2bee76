/**
 * The CPU as a device: how it runs each operation of a tape, a tile of rows after the other, with
 * one class for the forward pass and the adjoint of each.
 *
 * <p>Uses kernels, and the tape's operations as they were recorded. Only {@link
 * io.gradzoo.engine.tensor.cpu.CpuDevice} is seen from outside; once it has prepared a computation,
 * running it allocates nothing.
 *
 * <p>Read {@link CpuDevice}, then {@link CpuOperations}, then {@link CpuOperation}, then {@link
 * Stage}.
 */
package io.gradzoo.engine.tensor.cpu;
