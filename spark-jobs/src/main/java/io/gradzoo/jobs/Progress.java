package io.gradzoo.jobs;

import java.io.OutputStream;
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
  private final Consumer<String> notes;
  private final LongSupplier nanoTime;
  private final ProgressStyle style;
  private int liveWidth;

  /** How much is shown. */
  private enum ProgressStyle {
    /** Lines. */
    LINES,
    /** Lines, the last of which rewrites itself. */
    LIVE,
    /** Lines that are some seconds apart, whatever happens in between. */
    SPARSE
  }

  private Progress(
      PrintStream out,
      Consumer<String> announcements,
      Consumer<String> notes,
      LongSupplier nanoTime,
      ProgressStyle style) {
    this.out = out;
    this.announcements = announcements;
    this.notes = notes;
    this.nanoTime = nanoTime;
    this.style = style;
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
    ProgressStyle style = System.console() != null ? ProgressStyle.LIVE : ProgressStyle.LINES;
    return new Progress(out, announcements, line -> {}, System::nanoTime, style);
  }

  /** Lines that are at least some seconds apart, which do not fill the cell of a notebook. */
  public static Progress sparse(PrintStream out) {
    return sparse(out, System::nanoTime);
  }

  /** Nothing. */
  public static Progress silent() {
    return sparse(new PrintStream(OutputStream.nullOutputStream()));
  }

  /** Lines, never rewritten, on the given clock. */
  static Progress lines(PrintStream out, LongSupplier nanoTime) {
    return new Progress(out, out::println, line -> {}, nanoTime, ProgressStyle.LINES);
  }

  /** One line that rewrites itself, on the given clock. */
  static Progress live(PrintStream out, LongSupplier nanoTime) {
    return new Progress(out, out::println, line -> {}, nanoTime, ProgressStyle.LIVE);
  }

  /** Sparse lines, on the given clock. */
  static Progress sparse(PrintStream out, LongSupplier nanoTime) {
    return new Progress(out, out::println, line -> {}, nanoTime, ProgressStyle.SPARSE);
  }

  /**
   * The same, which passes notes and announcements on.
   *
   * @param listener takes a line
   */
  public Progress alsoTo(Consumer<String> listener) {
    return new Progress(out, announcements, notes.andThen(listener), nanoTime, style);
  }

  /** Prints one line of what the user should know. */
  public synchronized void note(String line) {
    notes.accept(line);
    print(line);
  }

  /** Prints a line about the work to come, such as how much room it takes, where results go. */
  public synchronized void announce(String line) {
    notes.accept(line);
    eraseLive();
    announcements.accept(line);
  }

  private synchronized void print(String line) {
    eraseLive();
    out.println(line);
    out.flush();
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
      if (now - lastShown >= (style == ProgressStyle.LIVE ? REWRITE_EVERY : LINE_EVERY)) {
        show(line(now, ""));
        lastShown = now;
      }
    }

    /**
     * Counts more as done and prints a line about it, such as a round's loss, at once if lines may
     * follow each other.
     */
    public synchronized void advance(long count, String event) {
      done += count;
      long now = nanoTime.getAsLong();
      if (style != ProgressStyle.SPARSE || now - lastShown >= LINE_EVERY) {
        print(line(now, "  " + event));
        lastShown = now;
      }
    }

    /** Ends the work with a line on how long it took. */
    @Override
    public synchronized void close() {
      double seconds = seconds(nanoTime.getAsLong() - start);
      print(
          "%s: %d/%d %s in %s (%s)"
              .formatted(what, before + done, total, unit, duration(seconds), rate(done, seconds)));
    }

    private void show(String line) {
      if (style == ProgressStyle.LIVE) {
        rewrite(line);
      } else {
        print(line);
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
