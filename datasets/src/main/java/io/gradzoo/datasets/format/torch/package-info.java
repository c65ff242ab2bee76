/**
 * Reads the tensors of PyTorch state dicts without unpickling code.
 *
 * <p>A {@code .pth} file is a pickle, a program that may call whatever it names. {@link
 * PickleMachine} knows the instructions that state dicts are made of and {@link TorchGlobal} the
 * few names that they may use; everything else is refused. Tensors are views of storages, and are
 * copied out only when the whole file has been understood.
 *
 * <p>Read {@link StateDict}, then {@link PickleMachine}, then {@link TorchView}.
 */
package io.gradzoo.datasets.format.torch;
