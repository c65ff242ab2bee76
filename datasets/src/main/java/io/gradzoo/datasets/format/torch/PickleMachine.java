package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs the part of pickle's instructions (protocols 2 to 5) that state dicts are made of. It makes
 * values of its own and calls nothing.
 *
 * <p>Values are Long, Double, Boolean, String, {@link PickleNone}, {@link PickleTuple}, {@link
 * PickleList}, {@link PickleDict}, {@link TorchGlobal}, {@link TorchStorage} and {@link TorchView}.
 * They may contain each other in any depth, and themselves: nobody here compares, hashes or prints
 * them.
 */
final class PickleMachine {
  private static final String FIX =
      "save tensors alone: torch.save(module.state_dict(), file), then give that file";
  private static final int NEWEST_PROTOCOL = 5;

  /** Bytes of a pickle: each may become an object of a hundred bytes. */
  static final int LONGEST = 1 << 20;

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private final Map<String, TorchStorage> storages = new TreeMap<>();
  private final TorchCalls calls = new TorchCalls(this::fault);
  private int start;

  /** Python's None. */
  enum PickleNone {
    NONE
  }

  /** Values that do not change. */
  static final class PickleTuple {
    final List<Object> values;

    PickleTuple(List<Object> values) {
      this.values = values;
    }
  }

  /** A list. */
  static final class PickleList {
    final List<Object> values = new ArrayList<>();
  }

  /** A dictionary with keys that are text or whole numbers. */
  static final class PickleDict {
    final Map<Object, Object> values = new LinkedHashMap<>();
  }

  PickleMachine(PickleInput in) {
    this.in = in;
  }

  /** All storages that the pickle named, by key. */
  Map<String, TorchStorage> storages() {
    return storages;
  }

  /**
   * Runs to the end of one pickle.
   *
   * @return its value
   * @throws DataException if it has in it what no state dict needs
   */
  Object load() {
    int begin = in.position();
    while (true) {
      start = in.position();
      if (start - begin > LONGEST) {
        throw fault("a pickle of at most " + LONGEST + " bytes", "more");
      }
      int code = in.unsigned();
      if (code == '.') {
        return pop();
      }
      step(code);
    }
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> requireProtocol(in.unsigned()); // PROTO
      case 0x95 -> in.integer64(); // FRAME: bytes that belong together
      case '(' -> marks.push(stack.size());
      case '0' -> pop();
      case 'N' -> push(PickleNone.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) in.integer());
      case 'K' -> push((long) in.unsigned());
      case 'M' -> push((long) in.unsignedShort());
      case 0x8a -> push(wholeNumber(in.unsigned())); // LONG1
      case 'G' -> push(in.real());
      case 'X' -> push(in.text(Integer.toUnsignedLong(in.integer())));
      case 0x8c -> push(in.text(in.unsigned())); // SHORT_BINUNICODE
      case ')' -> push(new PickleTuple(List.of()));
      case 0x85, 0x86, 0x87 -> push(new PickleTuple(popLast(code - 0x84))); // TUPLE1 to TUPLE3
      case 't' -> push(new PickleTuple(popToMark()));
      case ']' -> push(new PickleList());
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case '}' -> push(new PickleDict());
      case 's' -> put(popLast(2));
      case 'u' -> put(popToMark());
      case 'b' -> build(pop());
      case 'q' -> memo.put(in.unsigned(), top());
      case 'r' -> memo.put(in.integer(), top());
      case 0x94 -> memo.put(memo.size(), top()); // MEMOIZE
      case 'h' -> push(remembered(in.unsigned()));
      case 'j' -> push(remembered(in.integer()));
      case 'c' -> push(global(in.line(), in.line()));
      case 0x93 -> push(stackGlobal(popLast(2))); // STACK_GLOBAL
      case 'Q' -> push(storage(pop()));
      case 'R' -> call(popLast(2));
      default -> {
        String found = String.format(Locale.ROOT, "0x%02x", code);
        throw fault("an instruction that state dicts need", found);
      }
    }
  }

  private void requireProtocol(int protocol) {
    if (protocol > NEWEST_PROTOCOL) {
      throw fault("a pickle of protocol 2 to " + NEWEST_PROTOCOL, protocol + "");
    }
  }

  private long wholeNumber(int length) {
    if (length > Long.BYTES) {
      throw fault("a number of at most 8 bytes", length + " bytes");
    }
    return in.integer(length);
  }

  private void push(Object value) {
    stack.add(value);
  }

  /** What may be taken lies above the last mark. */
  private List<Object> popLast(int count) {
    int from = stack.size() - count;
    if (from < (marks.isEmpty() ? 0 : marks.peek())) {
      throw fault(count + " values on the stack", "fewer");
    }
    return popFrom(from);
  }

  private List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw fault("a mark on the stack", "none");
    }
    return popFrom(marks.pop());
  }

  private List<Object> popFrom(int from) {
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  private Object pop() {
    return popLast(1).get(0);
  }

  private Object top() {
    Object value = pop();
    push(value);
    return value;
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null) {
      throw fault("a value that was stored before", "none of index " + index);
    }
    return value;
  }

  private void append(List<Object> values) {
    if (!(top() instanceof PickleList items)) {
      throw fault("a list to append to", "another value");
    }
    items.values.addAll(values);
  }

  private void put(List<Object> pairs) {
    if (!(top() instanceof PickleDict entries) || pairs.size() % 2 != 0) {
      throw fault("a dictionary and pairs to put into it", "other values");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i);
      if (!(key instanceof String || key instanceof Long)) {
        throw fault("keys that are text or whole numbers", "another value");
      }
      entries.values.put(key, pairs.get(i + 1));
    }
  }

  /** Attributes of a dictionary: PyTorch's {@code _metadata}, which says nothing of tensors. */
  private void build(Object state) {
    if (!(top() instanceof PickleDict && state instanceof PickleDict)) {
      throw fault("attributes of a dictionary", "those of another value");
    }
  }

  private TorchGlobal stackGlobal(List<Object> names) {
    if (names.get(0) instanceof String module && names.get(1) instanceof String name) {
      return global(module, name);
    }
    throw fault("a name as text", "another value");
  }

  private TorchGlobal global(String module, String name) {
    String whole = module + "." + name;
    return TorchGlobal.named(whole)
        .orElseThrow(() -> fault("a state dict of tensors", "the name " + Place.quote(whole)));
  }

  private TorchStorage storage(Object id) {
    TorchStorage storage = calls.storage(id);
    TorchStorage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw fault(
          "storage " + storage.key() + " as before: " + known.count() + " " + known.type(),
          storage.count() + " " + storage.type());
    }
    return storage;
  }

  private void call(List<Object> functionAndArguments) {
    if (functionAndArguments.get(0) instanceof TorchGlobal function
        && functionAndArguments.get(1) instanceof PickleTuple arguments) {
      push(calls.call(function, arguments.values));
    } else {
      throw fault("a call of a name with arguments", "other values");
    }
  }

  private DataException fault(String expected, String found) {
    return in.fault(start, expected, found, FIX);
  }
}
