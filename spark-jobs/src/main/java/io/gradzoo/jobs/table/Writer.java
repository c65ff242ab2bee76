package io.gradzoo.jobs.table;

import io.gradzoo.datasets.split.ContentHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that writes into a store. The names of what it has not finished tell it, {@code
 * HOST-PID-START}, so that what a dead one left behind can be told from what a live one needs.
 *
 * @param host name and, where it can be had, a hash of when the machine was started and of the
 *     space that process ids are counted in: containers may have equal names, and ids that begin at
 *     1
 * @param pid on its host; −1 if the name tells none
 * @param start of the process, since process ids come again: ticks since the machine was started,
 *     which no setting of the clock changes, or else milliseconds since 1970
 */
record Writer(String host, long pid, long start) {
  /** Three groups of a regular expression. */
  static final String TOKEN = "(.+)-(\\d+)-(\\d+)";

  private static final Path PROCESSES = Path.of("/proc");
  private static final int START_AFTER_NAME = 20;
  private static final int HASH_DIGITS = 8;
  private static final Duration UNTOUCHED_ELSEWHERE = Duration.ofDays(1);

  private static final Writer SELF = self(ProcessHandle.current());

  /** This process. */
  static Writer self() {
    return SELF;
  }

  /** The process that the groups of {@link #TOKEN} tell. */
  static Writer of(String host, String pid, String start) {
    try {
      return new Writer(host, Long.parseLong(pid), Long.parseLong(start));
    } catch (NumberFormatException e) {
      return new Writer(host, -1, 0);
    }
  }

  String token() {
    return host + "-" + pid + "-" + start;
  }

  /** Whether it is one of this machine, of which {@link #running} tells the truth. */
  boolean here() {
    return host.equals(SELF.host);
  }

  /** Whether a process of this machine is running. */
  boolean running() {
    return pid >= 0
        && ProcessHandle.of(pid).filter(process -> startOf(process) == start).isPresent();
  }

  /**
   * Whether what it left must stay: it is running or, on another machine, changed that within a
   * day. This lets nobody in: for that there are {@link Sightings}.
   *
   * @param lastSign when it last changed what bears its name
   */
  boolean alive(Instant lastSign) {
    return here() ? running() : lastSign.plus(UNTOUCHED_ELSEWHERE).isAfter(Instant.now());
  }

  private static Writer self(ProcessHandle process) {
    return new Writer(hostName() + machine(), process.pid(), startOf(process));
  }

  /**
   * Linux tells milliseconds since 1970 as a sum with the time of its own start, which changes when
   * the clock is set.
   */
  private static long startOf(ProcessHandle process) {
    try {
      String stat = Files.readString(PROCESSES.resolve(process.pid() + "/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 1).strip();
      return Long.parseLong(afterName.split(" ", -1)[START_AFTER_NAME - 1]);
    } catch (IOException | RuntimeException e) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9]", "_");
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String machine() {
    try {
      String both =
          Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id"))
              + Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid"));
      String hash = ContentHash.of(both.getBytes(StandardCharsets.UTF_8));
      return "_" + hash.substring(0, HASH_DIGITS);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
