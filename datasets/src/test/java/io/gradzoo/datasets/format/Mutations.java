package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.DataException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded damage to files, and the promise that every reader keeps under it. */
public final class Mutations {
  private static final int[] TELLING = {0, 1, 0x7f, 0x80, 0xff, '(', ')', '{', '}', ',', '9', '-'};
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Where files lie that a reader did not survive; a test that reads one again replays it. */
  private static final Path KEPT = Path.of("target", "fuzz");

  /** Reads a file's bytes; throws if it does not like them. */
  public interface Reader {
    /** Reads the file. */
    void read(byte[] file) throws Exception;
  }

  private Mutations() {}

  /**
   * Every mutation is read, or refused by a DataException of one line naming the file, within two
   * seconds of processor time (a busy machine is no fault of the reader); the module's tests run in
   * 256 MB, so that memory is bounded too.
   *
   * <p>The file of a failure is kept below the module's {@code target/fuzz}, and named.
   *
   * @return how many were refused
   */
  public static int survive(
      List<byte[]> originals, int count, long seed, String file, Reader reader) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < count; i++) {
      byte[] mutated = originals.get(i % originals.size());
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        mutated = mutate(mutated, random);
      }
      try {
        refused += refuses(file, reader, mutated) ? 1 : 0;
      } catch (Exception | Error e) {
        Path kept = KEPT.resolve(seed + "-" + i + "-" + file);
        Files.createDirectories(KEPT);
        Files.write(kept, mutated);
        throw new AssertionError(
            "mutation " + i + " of seed " + seed + ", kept as " + kept.toAbsolutePath(), e);
      }
    }
    return refused;
  }

  private static boolean refuses(String file, Reader reader, byte[] mutated) throws Exception {
    boolean refused = false;
    long start = THREAD.getCurrentThreadCpuTime();
    try {
      reader.read(mutated);
    } catch (DataException e) {
      refused = true;
      assertThat(e.getMessage().lines()).as(e.getMessage()).hasSize(1);
      assertThat(e.getMessage()).contains(file, "expected ", ", found ", "(fix: ");
      assertThat(e.getMessage().length()).as(e.getMessage()).isLessThan(1000);
    }
    assertThat(THREAD.getCurrentThreadCpuTime() - start).isLessThan(LIMIT.toNanos());
    return refused;
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    // The headers hold what can do harm, so half of the edits fall there.
    int reach = random.nextInt(2) == 0 ? bytes.length : Math.min(bytes.length, 128);
    int at = random.nextInt(reach);
    int length = Math.min(1 + random.nextInt(16), bytes.length - at);
    byte[] result = bytes.clone();
    switch (random.nextInt(6)) {
      case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> result[at] = (byte) TELLING[random.nextInt(TELLING.length)];
      case 2 -> Arrays.fill(result, at, at + length, (byte) TELLING[random.nextInt(5)]);
      case 3 -> result = Arrays.copyOf(bytes, at);
      case 4 -> result = splice(bytes, at, at + length, at);
      default -> result = splice(bytes, at, at, at + length);
    }
    return result;
  }

  /** The bytes up to {@code end}, then those from {@code resume}: a range left out or repeated. */
  private static byte[] splice(byte[] bytes, int at, int resume, int end) {
    int head = Math.max(at, end);
    byte[] result = Arrays.copyOf(bytes, head + bytes.length - resume);
    System.arraycopy(bytes, resume, result, head, bytes.length - resume);
    return result;
  }
}
