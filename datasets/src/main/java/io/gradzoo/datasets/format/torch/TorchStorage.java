package io.gradzoo.datasets.format.torch;

/**
 * A run of numbers that tensors are views of, by reference: its bytes lie elsewhere in the file.
 *
 * @param key its name, decimal digits
 * @param count of its numbers
 */
record TorchStorage(String key, StorageType type, long count) {
  /** Size of its numbers. */
  long bytes() {
    return count * type.bytes();
  }
}
