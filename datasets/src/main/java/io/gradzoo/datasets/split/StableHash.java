package io.gradzoo.datasets.split;

import java.nio.charset.StandardCharsets;

/**
 * A seeded 64-bit hash whose values never change, for assignments that must outlive versions.
 *
 * <p>{@code mix} is the finaliser of SplitMix64: x ^= x >>> 30, x *= 0xbf58476d1ce4e5b9, x ^= x >>>
 * 27, x *= 0x94d049bb133111eb, x ^= x >>> 31. A number's hash is {@code mix(mix(seed + γ) + mix(id
 * ^ γ))} with γ = 0x9e3779b97f4a7c15. A text's hash is that of its 64-bit FNV-1a digest (over
 * UTF-8), taken as a number.
 */
public final class StableHash {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private StableHash() {}

  /** Hash of a number. */
  public static long of(long seed, long id) {
    return mix(mix(seed + GOLDEN) + mix(id ^ GOLDEN));
  }

  /** Hash of a text. */
  public static long of(long seed, String id) {
    long digest = FNV_START;
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      digest = (digest ^ (b & 0xff)) * FNV_PRIME;
    }
    return of(seed, digest);
  }

  /** The hash as a number from 0 (included) to 1 (excluded): its upper 53 bits. */
  static double unit(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  private static long mix(long value) {
    long x = value;
    x = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
    x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
    return x ^ x >>> 31;
  }
}
