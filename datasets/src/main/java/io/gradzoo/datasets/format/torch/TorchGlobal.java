package io.gradzoo.datasets.format.torch;

import java.util.Arrays;
import java.util.Optional;

/** The names that a state dict may use. Each stands for something that this reader does itself. */
enum TorchGlobal {
  ORDERED_DICT("collections.OrderedDict"),
  REBUILD_TENSOR("torch._utils._rebuild_tensor_v2"),
  REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
  FLOATS("torch.FloatStorage", StorageType.FLOAT32),
  DOUBLES("torch.DoubleStorage", StorageType.FLOAT64),
  HALVES("torch.HalfStorage", StorageType.FLOAT16),
  BFLOATS("torch.BFloat16Storage", StorageType.BFLOAT16),
  LONGS("torch.LongStorage", StorageType.INT64),
  INTS("torch.IntStorage", StorageType.INT32),
  SHORTS("torch.ShortStorage", StorageType.INT16),
  SIGNED_BYTES("torch.CharStorage", StorageType.INT8),
  UNSIGNED_BYTES("torch.ByteStorage", StorageType.UINT8),
  FLAGS("torch.BoolStorage", StorageType.UINT8);

  private final String name;
  private final Optional<StorageType> storage;

  TorchGlobal(String name) {
    this.name = name;
    this.storage = Optional.empty();
  }

  TorchGlobal(String name, StorageType storage) {
    this.name = name;
    this.storage = Optional.of(storage);
  }

  /** The type of numbers that it stands for, if it is a storage's. */
  Optional<StorageType> storage() {
    return storage;
  }

  /**
   * The one of this name, if a state dict may use it.
   *
   * @param name with its module
   */
  static Optional<TorchGlobal> named(String name) {
    return Arrays.stream(values()).filter(each -> each.name.equals(name)).findFirst();
  }
}
