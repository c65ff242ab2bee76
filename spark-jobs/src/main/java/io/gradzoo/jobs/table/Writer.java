package io.gradzoo.jobs.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that writes into a store. The names of what it has not finished tell it, {@code
 * HOST-PID-START}, so that what a dead one left behind can be told from what a live one needs.
 *
 * @param pid on its host; −1 if the name tells none
 * @param start of the process, in milliseconds since 1970; process ids come again
 */
record Writer(String host, long pid, long start) {
  /** Three groups of a regular expression. */
  static final String TOKEN = "(.+)-(\\d+)-(\\d+)";

  private static final Writer SELF = self(ProcessHandle.current());
  private static final Duration LONGEST_SILENCE_ELSEWHERE = Duration.ofDays(1);

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

  /**
   * Whether it may still be running; on another machine, whether it wrote lately.
   *
   * @param lastSign when it last changed what bears its name
   */
  boolean alive(Instant lastSign) {
    if (!host.equals(SELF.host)) {
      return lastSign.plus(LONGEST_SILENCE_ELSEWHERE).isAfter(Instant.now());
    }
    return pid >= 0
        && ProcessHandle.of(pid).filter(process -> startOf(process) == start).isPresent();
  }

  private static Writer self(ProcessHandle process) {
    return new Writer(hostName(), process.pid(), startOf(process));
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9]", "_");
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
