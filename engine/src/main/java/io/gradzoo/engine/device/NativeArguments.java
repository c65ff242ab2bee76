package io.gradzoo.engine.device;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.gradzoo.engine.tensor.gpu.AttentionSequences;
import io.gradzoo.engine.tensor.gpu.Extent;
import io.gradzoo.engine.tensor.gpu.PatchWindow;
import io.gradzoo.engine.tensor.gpu.Strided;
import java.util.List;

/**
 * Arguments of a kernel as C has them: an array of the addresses of the arguments. Integers and
 * floats take 4 bytes, addresses, long integers and doubles 8, structs the sum of their members.
 */
final class NativeArguments {
  private static final int LARGEST = 64;

  private final Memory memory;
  private long end;

  NativeArguments(List<Object> arguments) {
    long values = (long) Native.POINTER_SIZE * arguments.size();
    memory = new Memory(values + (long) LARGEST * arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      end = values + (long) LARGEST * i;
      memory.setPointer((long) Native.POINTER_SIZE * i, memory.share(end));
      add(arguments.get(i));
    }
  }

  /** The array of addresses, which keeps the arguments alive. */
  Pointer pointer() {
    return memory;
  }

  private void add(Object argument) {
    if (argument instanceof Integer value) {
      addInts(value);
    } else if (argument instanceof Float value) {
      memory.setFloat(end, value);
    } else if (argument instanceof Double value) {
      memory.setDouble(end, value);
    } else if (argument instanceof Long value) {
      addLongs(value);
    } else if (argument instanceof Strided s) {
      addLongs(s.base(), s.s0(), s.s1(), s.s2(), s.s3(), s.s4());
    } else if (argument instanceof Extent n) {
      addInts(n.n0(), n.n1(), n.n2(), n.n3(), n.n4());
    } else if (argument instanceof AttentionSequences s) {
      addInts(s.count(), s.n(), s.lines(), s.start(), s.step(), s.heads(), s.width());
    } else if (argument instanceof PatchWindow w) {
      addInts(w.channels(), w.height(), w.width(), w.side(), w.stride(), w.padding());
    } else {
      throw new IllegalArgumentException("no argument of a kernel: " + argument.getClass());
    }
  }

  private void addInts(int... numbers) {
    for (int number : numbers) {
      memory.setInt(end, number);
      end += Integer.BYTES;
    }
  }

  private void addLongs(long... numbers) {
    for (long number : numbers) {
      memory.setLong(end, number);
      end += Long.BYTES;
    }
  }
}
