package io.gradzoo.jobs;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How far long work is: a line every few seconds with done/total, rate and time left; on a terminal
 * one line that rewrites itself.
 */
public final class Progress {
  private static final long LINE_EVERY = TimeUnit.SECONDS.toNanos(5);
  private static final long REWRITE_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

  private final PrintStream out;
  private final Consumer<String> announcements;
  private final LongSupplier nanoTime;
  private final boolean live;
  private int liveWidth;

  private Progress(
      PrintStream out, Consumer<String> announcements, LongSupplier nanoTime, boolean live) {
    this.out = out;
    this.announcements = announcements;
    this.nanoTime = nanoTime;
    this.live = live;
  }

  /** Lines; rewritten in place if this process has a terminal. */
  public static Progress to(PrintStream out) {
    return to(out, out::println);
  }

  /**
   * Likewise, with what is known of the work before it begins elsewhere.
   *
   * @param announcements takes a line, to where results go
   */
  @SuppressWarnings("SystemConsoleNull") // on JDK 17 it is null without a terminal
  public static Progress to(PrintStream out, Consumer<String> announcements) {
    return new Progress(out, announcements, System::nanoTime, System.console() != null);
  }

  /** Lines, never rewritten, on the given clock. */
  static Progress lines(PrintStream out, LongSupplier nanoTime) {
    return new Progress(out, out::println, nanoTime, false);
  }

  /** One line that rewrites itself, on the given clock. */
  static Progress live(PrintStream out, LongSupplier nanoTime) {
    return new Progress(out, out::println, nanoTime, true);
  }

  /** Prints one line. */
  public synchronized void note(String line) {
    eraseLive();
    out.println(line);
    out.flush();
  }

  /** Prints a line about the work to come, such as how much room it takes, where results go. */
  public synchronized void announce(String line) {
    eraseLive();
    announcements.accept(line);
  }

  /**
   * Starts a piece of work.
   *
   * @param what its name
   * @param unit what is counted, in the plural
   * @param total how many there are
   */
  public Task start(String what, String unit, long total) {
    return new Task(what, unit, total);
  }

  private synchronized void rewrite(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, liveWidth - line.length())));
    out.flush();
    liveWidth = line.length();
  }

  private void eraseLive() {
    if (liveWidth > 0) {
      out.print("\r" + " ".repeat(liveWidth) + "\r");
      liveWidth = 0;
    }
  }

  /** A piece of work under way. Threads may share it. */
  public final class Task implements AutoCloseable {
    private final String what;
    private final String unit;
    private final long total;
    private final long start;
    private long lastShown;
    private long before;
    private long done;

    private Task(String what, String unit, long total) {
      this.what = what;
      this.unit = unit;
      this.total = total;
      this.start = nanoTime.getAsLong();
      this.lastShown = start;
    }

    /** Counts what was done before this work started: it took no time. */
    public synchronized void doneBefore(long count) {
      before += count;
    }

    /** Counts more as done, and says so if the last line is some seconds old. */
    public synchronized void advance(long count) {
      done += count;
      long now = nanoTime.getAsLong();
      if (now - lastShown >= (live ? REWRITE_EVERY : LINE_EVERY)) {
        show(line(now, ""));
        lastShown = now;
      }
    }

    /** Counts more as done and prints a line about it at once, such as a round's loss. */
    public synchronized void advance(long count, String event) {
      done += count;
      long now = nanoTime.getAsLong();
      note(line(now, "  " + event));
      lastShown = now;
    }

    /** Ends the work with a line on how long it took. */
    @Override
    public synchronized void close() {
      double seconds = seconds(nanoTime.getAsLong() - start);
      note(
          "%s: %d/%d %s in %s (%s)"
              .formatted(what, before + done, total, unit, duration(seconds), rate(done, seconds)));
    }

    private void show(String line) {
      if (live) {
        rewrite(line);
      } else {
        note(line);
      }
    }

    private String line(long now, String event) {
      double seconds = seconds(now - start);
      long all = before + done;
      long percent = total == 0 ? 100 : 100 * all / total;
      String left = done == 0 ? "unknown" : duration(seconds / done * Math.max(0, total - all));
      return "%s: %d/%d %s  %d %%  %s  ETA %s%s"
          .formatted(what, all, total, unit, percent, rate(done, seconds), left, event);
    }
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static String rate(long count, double seconds) {
    double rate = seconds <= 0 ? 0 : count / seconds;
    return String.format(
        Locale.ROOT, rate >= 100 ? "%.0f/s" : rate >= 1 ? "%.1f/s" : "%.3f/s", rate);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
