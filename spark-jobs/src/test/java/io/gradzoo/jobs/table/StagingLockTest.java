package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a lock, when processes die, stand still, and when clocks jump. */
class StagingLockTest {
  private static final String ELSEWHERE = "elsewhere";

  @TempDir Path folder;

  @Test
  void thatOfAKilledProcessOfThisMachineIsFreeAtOnce() throws Exception {
    try (LockHolder holder = LockHolder.start(folder, "")) {
      assertThatThrownBy(() -> take(Lease.USUAL)).hasMessageContaining("process " + holder.pid());
      assertThat(holder.holds()).isTrue();
      holder.kill();
    }
    long began = System.nanoTime();
    take(Lease.USUAL).release();

    assertThat(since(began)).isLessThan(Lease.USUAL.beat());
    assertThat(locks()).isEmpty();
  }

  @Test
  void thatOfAKilledProcessElsewhereIsFreeAfterTheSilence() throws Exception {
    try (LockHolder holder = LockHolder.start(folder, ELSEWHERE)) {
      assertThatThrownBy(() -> take(LockHolder.LEASE))
          .hasMessageContaining("process " + holder.pid() + " of " + ELSEWHERE);
      assertThat(holder.holds()).isTrue();
      holder.kill();
    }
    long began = System.nanoTime();
    take(LockHolder.LEASE).release();

    assertThat(since(began)).isGreaterThan(LockHolder.LEASE.silence());
    assertThat(locks()).isEmpty();
  }

  /** As when its machine sleeps: it must not believe that it still has what another has taken. */
  @Test
  void aProcessElsewhereThatWakesTooLateHasLostIt() throws Exception {
    try (LockHolder holder = LockHolder.start(folder, ELSEWHERE)) {
      holder.stop();
      StagingLock next = take(LockHolder.LEASE);
      holder.wake();

      assertThat(holder.holds()).isFalse();
      Thread.sleep(3 * LockHolder.LEASE.beat().toMillis());
      assertThat(next.held()).isTrue();
      assertThat(locks()).hasSize(1);
      next.release();
    }
  }

  @Test
  void aProcessWhoseClockJumpsLivesOn() throws Exception {
    try (LockHolder holder = LockHolder.start(folder, ELSEWHERE)) {
      for (Duration jump : List.of(Duration.ofDays(-400), Duration.ofDays(400))) {
        Files.setLastModifiedTime(locks().get(0), FileTime.from(Instant.now().plus(jump)));

        assertThatThrownBy(() -> take(LockHolder.LEASE)).isInstanceOf(GradzooException.class);
        assertThat(holder.holds()).isTrue();
      }
    }
  }

  @Test
  void aLockFromTheFutureIsNoOlderThanItsSilence() throws Exception {
    Path dead = Files.createFile(folder.resolve(".train.lock-elsewhere-7-1-1"));
    Files.setLastModifiedTime(dead, FileTime.from(Instant.now().plus(Duration.ofDays(400))));

    take(LockHolder.LEASE).release();

    assertThat(dead).doesNotExist();
  }

  @Test
  void whoLostItIsRefusedWithOneLine() throws Exception {
    StagingLock lock = take(LockHolder.LEASE);
    Files.delete(locks().get(0));

    assertThatThrownBy(lock::requireHeld)
        .hasMessageContaining("expected this process's lock, found none")
        .hasMessageContaining("another took over, or somebody deleted it");
    Thread.sleep(3 * LockHolder.LEASE.beat().toMillis());
    assertThat(locks()).as("made again by the next beat").isEmpty();
  }

  @Test
  void ofManyMachinesThatWaitForADeadOneAtMostOneHasIt() throws Exception {
    Files.createFile(folder.resolve(".train.lock-dead-7-1-1"));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService machines = Executors.newFixedThreadPool(6);
    List<Future<?>> all = new ArrayList<>();
    for (int machine = 0; machine < 6; machine++) {
      Writer writer = new Writer("machine" + machine, 7, 1);
      all.add(
          machines.submit(
              () -> {
                StagingLock lock = take(writer, LockHolder.LEASE);
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.sleep(2 * LockHolder.LEASE.silence().toMillis());
                inside.decrementAndGet();
                lock.release();
                return null;
              }));
    }
    machines.shutdown();
    for (Future<?> each : all) {
      try {
        each.get();
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(GradzooException.class);
      }
    }

    assertThat(most).hasValueLessThan(2);
    assertThat(locks()).hasSizeLessThan(2);
  }

  /** Setting the clock changes what Linux says of when processes began. */
  @Test
  void whenAProcessBeganIsNotMeasuredByTheClock() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(stat));

    assertThat(Files.readString(stat).split(" ", -1))
        .contains(Long.toString(Writer.self().start()));
  }

  private StagingLock take(Lease lease) throws IOException {
    return take(Writer.self(), lease);
  }

  private StagingLock take(Writer writer, Lease lease) throws IOException {
    return StagingLock.take(
        LockHolder.files(),
        new org.apache.hadoop.fs.Path(folder.toString()),
        "train",
        LockHolder.COMMAND,
        writer,
        lease);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private List<Path> locks() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().contains(".lock-")).toList();
    }
  }
}
