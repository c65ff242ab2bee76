package io.gradzoo.engine.fault;

import java.io.Serializable;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What went wrong, for the person who can fix it. Every message of Gradzoo is a fault's {@link
 * #line}: {@code <what>: <where>: expected X, found Y (fix: …)}, without the parts that are empty.
 * Where nothing in particular was expected, what was found stands alone: {@code run: a/model:
 * cannot be written: no space left}.
 *
 * <p>Built from left to right, each step a new value: {@code Fault.of("model").at(file)
 * .expected("%d parameters", n).found(m).fix("train again")}. One argument is taken as it is, more
 * are formatted. Every part is one printable line.
 *
 * @param what what failed: a command, or what was being read or checked
 * @param where the file with its byte or line, the table, the key or the member; may be empty
 * @param expected what should have been there; may be empty
 * @param found what was there instead, or what happened; may be empty
 * @param fix what to do about it; may be empty
 */
public record Fault(String what, String where, String expected, String found, String fix)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public Fault {
    what = OneLine.of(what);
    where = OneLine.of(where);
    expected = OneLine.of(expected);
    found = OneLine.of(found);
    fix = OneLine.of(fix);
  }

  /** The beginning of a fault. */
  public static Fault of(Object what) {
    return new Fault(String.valueOf(what), "", "", "", "");
  }

  /** A fault of which the caller says what failed and where. */
  public static Fault here() {
    return of("");
  }

  /** The beginning of a fault, as {@link String#format} writes it. */
  public static Fault of(String format, Object... arguments) {
    return of(formatted(format, arguments));
  }

  /** A place, within the place already said: {@code at(table).at("member r7")}. */
  public Fault at(Object place) {
    return new Fault(what, joined(where, String.valueOf(place)), expected, found, fix);
  }

  /** A place, as {@link String#format} writes it. */
  public Fault at(String format, Object... arguments) {
    return at(formatted(format, arguments));
  }

  /** What should have been there. */
  public Fault expected(Object expected) {
    return new Fault(what, where, String.valueOf(expected), found, fix);
  }

  /** What should have been there, as {@link String#format} writes it. */
  public Fault expected(String format, Object... arguments) {
    return expected(formatted(format, arguments));
  }

  /** What was there instead or, if nothing in particular was expected, what happened. */
  public Fault found(Object found) {
    return new Fault(what, where, expected, String.valueOf(found), fix);
  }

  /** What was there instead, as {@link String#format} writes it. */
  public Fault found(String format, Object... arguments) {
    return found(formatted(format, arguments));
  }

  /** What to do about it. */
  public Fault fix(Object fix) {
    return new Fault(what, where, expected, found, String.valueOf(fix));
  }

  /** What to do about it, as {@link String#format} writes it. */
  public Fault fix(String format, Object... arguments) {
    return fix(formatted(format, arguments));
  }

  /** This fault with another as its reason: its place, what it expected and found, and its fix. */
  public Fault because(Fault reason) {
    return at(joined(reason.what, reason.where))
        .expected(reason.expected)
        .found(reason.found)
        .fix(fix.isEmpty() ? reason.fix : fix);
  }

  /** Likewise, with the first fault of a failure as its reason; else its message's first line. */
  public Fault because(Throwable failure) {
    if (failure instanceof Faulty faulty) {
      return because(faulty.faults().get(0));
    }
    String message = failure.getMessage();
    return found(
        message == null || message.isBlank()
            ? failure.getClass().getName()
            : message.strip().lines().findFirst().orElse(""));
  }

  /** The fault as a user reads it, on one line. */
  public String line() {
    return joined(what, where, problem()) + (fix.isEmpty() ? "" : " (fix: " + fix + ")");
  }

  /** The fault as an argument that is refused. */
  public FaultException exception() {
    return new FaultException(this);
  }

  @Override
  public String toString() {
    return line();
  }

  private String problem() {
    if (expected.isEmpty()) {
      return found;
    }
    return "expected " + expected + (found.isEmpty() ? "" : ", found " + found);
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(": "));
  }

  private static String formatted(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
