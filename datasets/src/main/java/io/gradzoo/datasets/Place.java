package io.gradzoo.datasets;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.OneLine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where something was being read, and for what: the first half of every {@link DataException}.
 *
 * @param action what fails if this place is bad, such as {@code npy}
 * @param file the file as the user named it; a member of an archive follows a {@code !}
 * @param position empty, {@code @byte n} or {@code :line n}
 */
public record Place(String action, String file, String position) {
  private static final int LONGEST_QUOTE = 60;

  /** The whole of a file. */
  public static Place of(String action, Path file) {
    return new Place(action, file.toString(), "");
  }

  /** The whole of something that has a name but no path, such as a resource. */
  public static Place of(String action, String name) {
    return new Place(action, name, "");
  }

  /** A member of this archive. */
  public Place member(String name) {
    return new Place(action, file + "!" + name, "");
  }

  /** A byte of this file, counted from 0. */
  public Place atByte(long offset) {
    return new Place(action, file, "@byte " + offset);
  }

  /** A line of this file, counted from 1. */
  public Place atLine(long line) {
    return new Place(action, file, ":line " + line);
  }

  /** The error of finding one thing where another was expected. */
  public DataException fault(String expected, String found, String fix) {
    return new DataException(fault().expected(expected).found(found).fix(fix), null);
  }

  /** The error of a file that the system cannot read at all. */
  public DataException unreadable(IOException cause) {
    String found = cause instanceof NoSuchFileException ? "no such file" : describe(cause);
    return new DataException(
        fault()
            .expected("a readable file")
            .found(found)
            .fix("check the path, its permissions and that the file is complete"),
        cause);
  }

  /** Text from a file as a message may show it: quoted, on one line, cut to a readable length. */
  public static String quote(String text) {
    boolean cut = text.length() > LONGEST_QUOTE;
    return "'" + OneLine.of(cut ? text.substring(0, LONGEST_QUOTE) + "…" : text) + "'";
  }

  private Fault fault() {
    return Fault.of(action).at(file + position);
  }

  private static String describe(IOException cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : " " + quote(message));
  }
}
