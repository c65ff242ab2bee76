package io.gradzoo.jobs.table;

import java.io.IOException;

/**
 * Something in a store that no table and no living command needs.
 *
 * @param kind what it is
 * @param place where it is
 * @param bytes that its removal frees; 0 if that is not known before
 * @param removal how it is removed
 */
public record Leftover(String kind, String place, long bytes, Removal removal) {

  private static final Removal NONE = () -> {};

  /** Something that may be needed by others, and stays. */
  static Leftover kept(String kind, String place) {
    return new Leftover(kind, place, 0, NONE);
  }

  /** Whether it is only shown, since others may need it. */
  public boolean stays() {
    return removal == NONE;
  }

  /** Work on files. */
  interface Removal {
    void run() throws IOException;
  }

  /**
   * Removes it.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it cannot be removed
   */
  public void remove() {
    try {
      removal.run();
    } catch (IOException e) {
      throw TableFailures.tidying(place, "deleted", e);
    }
  }

  @Override
  public String toString() {
    return place + ": " + kind;
  }
}
