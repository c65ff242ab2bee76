package io.gradzoo.datasets.event;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An event file of TensorBoard's that grows with a training: a text about it, then the numbers of
 * its steps. A file that a killed process left is gone on with: what was cut short at its end is
 * cut off, and {@link #steps} says what is in it.
 */
public final class EventFile implements Closeable {
  private final FileChannel channel;
  private final Set<Long> steps;

  private EventFile(FileChannel channel, Set<Long> steps) {
    this.channel = channel;
    this.steps = steps;
  }

  /**
   * Opens a file to go on with it, or begins one.
   *
   * @param tag of the text
   * @param markdown the text, of a file that begins
   * @throws DataException if something else stands there
   * @throws IOException if it cannot be read or written
   */
  public static EventFile open(Path file, String tag, String markdown) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      publish(file, first(tag, markdown));
    }
    Place place = Place.of("event file", file);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw foreign(place);
    }
    List<byte[]> records = EventRecords.whole(Files.readAllBytes(file));
    if (records.isEmpty() || !EventMessage.isVersion(records.get(0))) {
      throw foreign(place);
    }
    Set<Long> steps = new HashSet<>();
    records.stream().map(EventMessage::step).filter(step -> step > 0).forEach(steps::add);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      channel.truncate(records.stream().mapToLong(EventRecords::size).sum());
      channel.position(channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new EventFile(channel, steps);
  }

  /**
   * Writes a file that has the numbers of one step and no text, in place of one that this program
   * wrote before.
   *
   * @param step from 1
   * @throws DataException if something else stands there
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, long step, Map<String, Double> values) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      open(file, "", "").close();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(EventRecords.framed(EventMessage.version(now())));
    bytes.writeBytes(EventRecords.framed(EventMessage.scalars(now(), step, values)));
    publish(file, bytes.toByteArray());
  }

  /** The steps that have numbers. */
  public Set<Long> steps() {
    return Set.copyOf(steps);
  }

  /**
   * Adds the numbers of a step, which readers see at once.
   *
   * @param step from 1
   * @param values by their tags, as in {@code train/loss}; float32 in the file
   */
  public void add(long step, Map<String, Double> values) throws IOException {
    ByteBuffer record =
        ByteBuffer.wrap(EventRecords.framed(EventMessage.scalars(now(), step, values)));
    while (record.hasRemaining()) {
      channel.write(record);
    }
    steps.add(step);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static byte[] first(String tag, String markdown) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(EventRecords.framed(EventMessage.version(now())));
    bytes.writeBytes(EventRecords.framed(EventMessage.text(now(), tag, markdown)));
    return bytes.toByteArray();
  }

  /** Whole or not at all, under a name that TensorBoard does not read until then. */
  private static void publish(Path file, byte[] bytes) throws IOException {
    Path aside = file.resolveSibling(".gradzoo.tmp");
    Files.deleteIfExists(aside); // of a killed process
    Files.write(aside, bytes, StandardOpenOption.CREATE_NEW);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private static DataException foreign(Place place) {
    return place.fault(
        "an event file that gradzoo wrote",
        "something else",
        "move it away, or name another folder");
  }
}
