package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.format.torch.PickleMachine.PickleDict;
import io.gradzoo.datasets.format.torch.PickleMachine.PickleTuple;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The PyTorch functions that a state dict calls. */
final class TorchCalls {
  private static final int LONGEST_KEY = 20;
  private static final int MOST_AXES = 64;

  private final Refusal faults;

  /** Makes the error of what was expected and what was found. */
  @FunctionalInterface
  interface Refusal {
    DataException refuse(String expected, String found);
  }

  TorchCalls(Refusal faults) {
    this.faults = faults;
  }

  /** The value of a call. */
  Object call(TorchGlobal function, List<Object> arguments) {
    return switch (function) {
      case ORDERED_DICT -> orderedDict(arguments);
      case REBUILD_TENSOR -> view(arguments);
      case REBUILD_PARAMETER -> tensorOf(arguments);
      default -> throw faults.refuse("a call that makes a tensor", "one of a storage");
    };
  }

  /**
   * The storage that a persistent id names: {@code ('storage', type, key, location, count)}, with a
   * None more before PyTorch 1.6.
   */
  TorchStorage storage(Object id) {
    if (id instanceof PickleTuple tuple
        && tuple.values.size() >= 5
        && tuple.values.size() <= 6
        && "storage".equals(tuple.values.get(0))
        && tuple.values.get(1) instanceof TorchGlobal type
        && tuple.values.get(2) instanceof String key
        && tuple.values.get(4) instanceof Long count) {
      Optional<StorageType> numbers = type.storage();
      boolean plain =
          tuple.values.size() == 5 || tuple.values.get(5) == PickleMachine.PickleNone.NONE;
      if (numbers.isPresent()
          && plain
          && key.matches("[0-9]{1," + LONGEST_KEY + "}")
          && count >= 0
          && count <= Integer.MAX_VALUE / Long.BYTES) {
        return new TorchStorage(key, numbers.get(), count);
      }
    }
    throw faults.refuse("a storage of at most 2 GiB by its number", "something else");
  }

  private PickleDict orderedDict(List<Object> arguments) {
    if (!arguments.isEmpty()) {
      throw faults.refuse("an empty OrderedDict", arguments.size() + " arguments");
    }
    return new PickleDict();
  }

  /** Of {@code (tensor, requires_grad, hooks)}. */
  private TorchView tensorOf(List<Object> arguments) {
    if (!arguments.isEmpty() && arguments.get(0) instanceof TorchView view) {
      return view;
    }
    throw faults.refuse("a parameter made of a tensor", "another value");
  }

  /**
   * Of {@code (storage, offset, shape, strides, requires_grad, hooks)}, and for a tensor whose
   * numbers are to be negated or conjugated {@code {'neg': True}} more.
   */
  private TorchView view(List<Object> arguments) {
    boolean changed =
        arguments.size() > 6
            && !(arguments.get(6) instanceof PickleDict bits && bits.values.isEmpty());
    if (changed) {
      throw faults.refuse(
          "tensors stored as they are", "one to be negated: save it after resolve_neg()");
    }
    if (arguments.size() >= 4
        && arguments.get(0) instanceof TorchStorage storage
        && arguments.get(1) instanceof Long offset
        && arguments.get(2) instanceof PickleTuple sizes
        && arguments.get(3) instanceof PickleTuple steps
        && sizes.values.size() == steps.values.size()
        && sizes.values.size() <= MOST_AXES) {
      TorchView view = new TorchView(storage, offset, numbers(sizes), numbers(steps));
      if (fits(view)) {
        return view;
      }
      throw faults.refuse(
          "a tensor within its storage of " + storage.count() + " numbers",
          "shape "
              + shown(view.shape())
              + ", strides "
              + shown(view.strides())
              + " from "
              + offset);
    }
    throw faults.refuse("a tensor of a storage, offset, shape and strides", "other values");
  }

  private static boolean fits(TorchView view) {
    try {
      return view.fits();
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private long[] numbers(PickleTuple tuple) {
    return tuple.values.stream()
        .mapToLong(
            value -> {
              if (value instanceof Long number) {
                return number;
              }
              throw faults.refuse("whole numbers as shape and strides", "other values");
            })
        .toArray();
  }

  private static String shown(long[] numbers) {
    BinaryOperator<String> joined = (a, b) -> a + "×" + b;
    return Arrays.stream(numbers)
        .limit(8)
        .mapToObj(Long::toString)
        .reduce(joined)
        .orElse("of a single number");
  }
}
