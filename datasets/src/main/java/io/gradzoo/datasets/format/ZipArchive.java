package io.gradzoo.datasets.format;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip whose entries are read one by one and never written anywhere. Archives that could harm are
 * refused when they are opened: entries outside the archive's own tree, more than 10,000 entries,
 * an entry packed more than 200 to 1, entries that share bytes.
 */
public final class ZipArchive implements AutoCloseable {
  private static final int MOST_ENTRIES = 10_000;
  private static final int HIGHEST_RATIO = 200;

  private final ZipFile zip;
  private final Place place;
  private final SortedMap<String, ZipEntry> entries;

  /**
   * Reads an entry's bytes.
   *
   * @param <T> what is read out of them
   */
  @FunctionalInterface
  public interface EntryReader<T> {
    /**
     * Reads the entry to its end.
     *
     * @param place of the entry
     * @param bytes count of the stream's bytes
     */
    T read(Place place, InputStream in, long bytes) throws IOException;
  }

  private ZipArchive(Place place, ZipFile zip, SortedMap<String, ZipEntry> entries) {
    this.place = place;
    this.zip = zip;
    this.entries = entries;
  }

  /**
   * Opens the archive and checks its entries; none is read yet.
   *
   * @param place the file's, for messages
   * @param fix what to do about a zip that is refused
   * @throws DataException if it is no zip, or is refused as above
   */
  public static ZipArchive open(Place place, Path file, String fix) {
    NpyReader.requireRegular(place, file);
    ZipFile zip = null;
    ZipArchive archive = null;
    try {
      long fileBytes = Files.size(file);
      zip = new ZipFile(file.toFile());
      archive = new ZipArchive(place, zip, entries(place, zip, fileBytes, fix));
      return archive;
    } catch (IOException e) {
      throw place.unreadable(e);
    } catch (IllegalArgumentException e) {
      throw place.fault("a zip directory in UTF-8", Place.quote(e.getMessage()), fix);
    } finally {
      if (archive == null && zip != null) {
        closeQuietly(zip);
      }
    }
  }

  /** The entries' names, sorted. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet((SortedSet<String>) entries.keySet());
  }

  /** Whether an entry lies in the archive as it is, not packed. */
  public boolean stored(String name) {
    return entries.get(name).getMethod() == ZipEntry.STORED;
  }

  /**
   * Reads an entry and checks that it ends with what was read, and its checksum; the JDK checks
   * neither.
   *
   * @param name one of {@link #names}
   * @throws DataException if it is damaged
   */
  public <T> T read(String name, EntryReader<T> reader) {
    ZipEntry entry = entries.get(name);
    Place member = place.member(name);
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      T result = reader.read(member, in, entry.getSize());
      requireIntact(member, entry, in);
      return result;
    } catch (IOException e) {
      throw member.unreadable(e);
    }
  }

  /** Closes the archive. */
  @Override
  public void close() {
    closeQuietly(zip);
  }

  private static SortedMap<String, ZipEntry> entries(
      Place place, ZipFile zip, long fileBytes, String fix) {
    if (zip.size() > MOST_ENTRIES) {
      throw place.fault("at most " + MOST_ENTRIES + " entries", zip.size() + "", fix);
    }
    SortedMap<String, ZipEntry> entries = new TreeMap<>();
    long packed = 0;
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
      requireTame(place, entry, fix);
      if (entries.put(entry.getName(), entry) != null) {
        throw place.fault("each entry once", Place.quote(entry.getName()) + " twice", fix);
      }
      packed += Math.min(entry.getCompressedSize(), fileBytes + 1);
    }
    if (packed > fileBytes) {
      throw place.fault(
          "entries of at most " + fileBytes + " bytes together", "more: they overlap", fix);
    }
    return entries;
  }

  private static void requireTame(Place place, ZipEntry entry, String fix) {
    String name = entry.getName();
    boolean inside =
        name.indexOf('\\') < 0
            && !name.matches("[A-Za-z]:/.*")
            && Arrays.stream(name.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!inside) {
      throw place.fault("relative names of files", Place.quote(name), fix);
    }
    if (entry.getSize() < 0 || entry.getCompressedSize() < 0 || entry.getCrc() < 0) {
      throw place.member(name).fault("its sizes and checksum", "none", fix);
    }
    if (entry.getSize() / (double) HIGHEST_RATIO > entry.getCompressedSize()) {
      throw place
          .member(name)
          .fault(
              "at most " + HIGHEST_RATIO + " bytes from each packed byte",
              entry.getSize() + " bytes from " + entry.getCompressedSize(),
              "save it without compression");
    }
  }

  private static void requireIntact(Place member, ZipEntry entry, CheckedInputStream in)
      throws IOException {
    InputStream rest = in;
    if (rest.read() >= 0) {
      throw member
          .atByte(entry.getSize())
          .fault("the end of the entry", "more data", "fetch the file again");
    }
    if (in.getChecksum().getValue() != entry.getCrc()) {
      throw member.fault(
          "checksum " + Long.toHexString(entry.getCrc()),
          Long.toHexString(in.getChecksum().getValue()),
          "the data is damaged: fetch the file again");
    }
  }

  private static void closeQuietly(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      // Nothing was written, so nothing is lost.
    }
  }
}
