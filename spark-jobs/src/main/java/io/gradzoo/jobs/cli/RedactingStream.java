package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Removes secrets from lines of output. */
final class RedactingStream extends OutputStream {
  private static final int LONGEST_LINE = 1 << 16;

  private final OutputStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  RedactingStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    line.write(b);
    if (b == '\n' || line.size() >= LONGEST_LINE) {
      passOn();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    passOn();
    out.close();
  }

  private void passOn() throws IOException {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    out.write(Secrets.hidden(text).getBytes(StandardCharsets.UTF_8));
  }
}
