package io.gradzoo.datasets.format;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The arrays of an npz file (a zip of npy files), each read when it is asked for. Archives that
 * could harm are refused when they are opened: entries outside the archive's own tree, more than
 * 10,000 entries, an entry packed more than 200 to 1, entries that share bytes.
 */
public final class NpzReader implements AutoCloseable {
  private static final int MOST_ENTRIES = 10_000;
  private static final int HIGHEST_RATIO = 200;
  private static final String SUFFIX = ".npy";
  private static final String FIX = "write the file again with numpy.savez";

  private final Place place;
  private final ZipFile zip;
  private final SortedMap<String, ZipEntry> entries;

  private NpzReader(Place place, ZipFile zip, SortedMap<String, ZipEntry> entries) {
    this.place = place;
    this.zip = zip;
    this.entries = entries;
  }

  /**
   * Opens the archive and checks its entries; no array is read yet.
   *
   * @throws DataException if it is not a zip of npy files, or is refused as above
   */
  public static NpzReader open(Path file) {
    Place place = Place.of("npz", file);
    NpyReader.requireRegular(place, file);
    ZipFile zip = null;
    NpzReader reader = null;
    try {
      long fileBytes = Files.size(file);
      zip = new ZipFile(file.toFile());
      reader = new NpzReader(place, zip, entries(place, zip, fileBytes));
      return reader;
    } catch (IOException e) {
      throw place.unreadable(e);
    } catch (IllegalArgumentException e) {
      throw place.fault("a zip directory in UTF-8", Place.quote(e.getMessage()), FIX);
    } finally {
      if (reader == null && zip != null) {
        closeQuietly(zip);
      }
    }
  }

  /** The arrays' names, sorted. */
  public SortedSet<String> names() {
    return new TreeSet<>(entries.keySet());
  }

  /**
   * Reads an array.
   *
   * @throws DataException if there is none of this name, or it is damaged
   */
  public NdArray read(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw place.fault(
          "an array " + Place.quote(name), "only " + Place.quote(entries.keySet().toString()), FIX);
    }
    Place member = place.member(entry.getName());
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      NdArray array = NpyReader.read(member, in, entry.getSize());
      requireIntact(member, entry, in);
      return array;
    } catch (IOException e) {
      throw member.unreadable(e);
    }
  }

  /** Closes the archive. */
  @Override
  public void close() {
    closeQuietly(zip);
  }

  private static SortedMap<String, ZipEntry> entries(Place place, ZipFile zip, long fileBytes) {
    if (zip.size() > MOST_ENTRIES) {
      throw place.fault("at most " + MOST_ENTRIES + " entries", zip.size() + "", FIX);
    }
    SortedMap<String, ZipEntry> entries = new TreeMap<>();
    long packed = 0;
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
      String name = entry.getName();
      requireTame(place, entry);
      String array = name.substring(0, name.length() - SUFFIX.length());
      if (entries.put(array, entry) != null) {
        throw place.fault("each array once", Place.quote(array) + " twice", FIX);
      }
      packed += Math.min(entry.getCompressedSize(), fileBytes + 1);
    }
    if (packed > fileBytes) {
      throw place.fault(
          "entries of at most " + fileBytes + " bytes together", "more: they overlap", FIX);
    }
    return entries;
  }

  private static void requireTame(Place place, ZipEntry entry) {
    String name = entry.getName();
    boolean inside =
        name.indexOf('\\') < 0
            && !name.matches("[A-Za-z]:/.*")
            && Arrays.stream(name.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!inside || !name.endsWith(SUFFIX)) {
      throw place.fault("relative names of npy files", Place.quote(name), FIX);
    }
    if (entry.getSize() < 0 || entry.getCompressedSize() < 0 || entry.getCrc() < 0) {
      throw place.member(name).fault("its sizes and checksum", "none", FIX);
    }
    if (entry.getSize() / (double) HIGHEST_RATIO > entry.getCompressedSize()) {
      throw place
          .member(name)
          .fault(
              "at most " + HIGHEST_RATIO + " bytes from each packed byte",
              entry.getSize() + " bytes from " + entry.getCompressedSize(),
              "save the array without compression");
    }
  }

  /**
   * The stream ends with the array, and its checksum is the directory's; the JDK checks neither.
   */
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
