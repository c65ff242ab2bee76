package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a place, contended for by machines that die. */
class PathLockTest {
  private static final Lease LEASE = LockHolder.LEASE;

  @TempDir Path folder;

  @Test
  void aDeadMachinesIsFreeAfterTheSilenceWhateverItsClockSaid() throws IOException {
    Path held = Files.createFile(folder.resolve(".members.held-elsewhere-7-1-1"));
    Path claim = Files.createFile(folder.resolve(".members.claim-elsewhere-7-1-2"));
    Files.setLastModifiedTime(held, FileTime.from(Instant.now().plus(Duration.ofDays(400))));
    long began = System.nanoTime();

    try (PathLock lock = await(Writer.self())) {
      assertThat(lock.held()).isTrue();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(LEASE.silence());
    assertThat(held).doesNotExist();
    assertThat(claim).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void machinesHaveItOneAfterTheOther() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService machines = Executors.newFixedThreadPool(3);
    List<Future<?>> all = new ArrayList<>();
    for (int machine = 0; machine < 3; machine++) {
      Writer writer = new Writer("machine" + machine, 7, 1);
      all.add(
          machines.submit(
              () -> {
                try (PathLock lock = await(writer)) {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  Thread.sleep(LEASE.silence().toMillis() * 4 / 3);
                  assertThat(lock.held()).isTrue();
                  inside.decrementAndGet();
                }
                return null;
              }));
    }
    machines.shutdown();
    for (Future<?> each : all) {
      each.get();
    }

    assertThat(most).hasValue(1);
    assertThat(folder).isEmptyDirectory();
  }

  private PathLock await(Writer writer) throws IOException {
    return PathLock.await(
        LockHolder.files(), new org.apache.hadoop.fs.Path(folder + "/members"), writer, LEASE);
  }
}
