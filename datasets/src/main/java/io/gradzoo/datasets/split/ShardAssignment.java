package io.gradzoo.datasets.split;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Assigns members to logical shards by a seeded hash of the member's id: a function of the
 * configuration alone, never of executors, cores or partitions.
 *
 * <p>With h the upper 32 bits of {@link StableHash}{@code (seed ^ 0x7368617264, id)}, the shard is
 * ⌊h · shards / 2^32⌋.
 *
 * @param seed chooses one assignment of many
 * @param shards count of shards, at least 1
 */
public record ShardAssignment(long seed, int shards) implements Serializable {
  private static final long SALT = 0x7368617264L; // "shard"

  public ShardAssignment {
    if (shards < 1) {
      throw Fault.of("shards").expected("at least 1").found(shards).exception();
    }
  }

  /** The shard of a member, from 0 to shards - 1. */
  public int assign(long memberId) {
    return shard(StableHash.of(seed ^ SALT, memberId));
  }

  /** The shard of a member whose id is text. */
  public int assign(String memberId) {
    return shard(StableHash.of(seed ^ SALT, memberId));
  }

  /**
   * Members by shard, in the order given; a shard may be empty.
   *
   * @param id of a member
   */
  public <T> List<List<T>> divide(List<T> members, Function<T, String> id) {
    List<List<T>> divided = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      divided.add(new ArrayList<>());
    }
    members.forEach(member -> divided.get(assign(id.apply(member))).add(member));
    return divided;
  }

  private int shard(long hash) {
    return (int) (((hash >>> 32) * shards) >>> 32);
  }
}
