package io.gradzoo.datasets;

/**
 * Input that cannot be read, in one line: {@code <what failed>: <file>[@byte n|:line n] expected X,
 * found Y (fix: …)}. Made by {@link Place#fault}, so that every reader's message has this form.
 */
public final class DataException extends RuntimeException {
  DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
