package io.gradzoo.engine.tensor.gpu;

import java.util.Map;
import java.util.TreeMap;

/**
 * Assigns places in one piece of memory, which what no longer lives gives back. The same requests
 * in the same order get the same places, so a list of instructions can be made once to learn how
 * much memory it needs, and again for every number of models.
 */
final class Arena {
  private static final long ALIGNMENT = 256;

  private final TreeMap<Long, Long> free = new TreeMap<>();
  private final Map<Long, Long> taken = new TreeMap<>();
  private long end;

  /** Room for so many bytes: the first that is wide enough. */
  long take(long bytes) {
    long size = Math.max(ALIGNMENT, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Long gap = firstGap(size);
    if (gap != null) {
      long rest = free.remove(gap) - size;
      if (rest > 0) {
        free.put(gap + size, rest);
      }
      taken.put(gap, size);
      return gap;
    }
    Map.Entry<Long, Long> last = free.lastEntry();
    long at = last != null && last.getKey() + last.getValue() == end ? last.getKey() : end;
    free.remove(at);
    taken.put(at, size);
    end = at + size;
    return at;
  }

  private Long firstGap(long size) {
    for (Map.Entry<Long, Long> gap : free.entrySet()) {
      if (gap.getValue() >= size) {
        return gap.getKey();
      }
    }
    return null;
  }

  /** Gives back what {@link #take} gave. */
  void giveBack(long at) {
    long size = taken.remove(at);
    Long after = free.remove(at + size);
    size += after == null ? 0 : after;
    Map.Entry<Long, Long> before = free.lowerEntry(at);
    boolean joins = before != null && before.getKey() + before.getValue() == at;
    free.put(joins ? before.getKey() : at, joins ? before.getValue() + size : size);
  }

  /** Bytes that were ever needed. */
  long size() {
    return end;
  }
}
