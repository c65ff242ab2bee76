package io.gradzoo.datasets.format;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The arrays of an npz file (a zip of npy files), each read on demand. What {@link ZipArchive}
 * refuses is refused when the file is opened.
 */
public final class NpzReader implements AutoCloseable {
  private static final String SUFFIX = ".npy";
  private static final String FIX = "write the file again with numpy.savez";

  private final Place place;
  private final ZipArchive archive;
  private final SortedSet<String> names;

  private NpzReader(Place place, ZipArchive archive, SortedSet<String> names) {
    this.place = place;
    this.archive = archive;
    this.names = names;
  }

  /**
   * Opens the archive and checks its entries; no array is read yet.
   *
   * @throws DataException if it is not a zip of npy files, or is refused as above
   */
  public static NpzReader open(Path file) {
    return open(Place.of("npz", file), file);
  }

  /**
   * Opens a file that messages call otherwise.
   *
   * @param place what they call it
   * @throws DataException as above
   */
  public static NpzReader open(Place place, Path file) {
    ZipArchive archive = ZipArchive.open(place, file, FIX);
    SortedSet<String> names = new TreeSet<>();
    for (String entry : archive.names()) {
      if (!entry.endsWith(SUFFIX)) {
        archive.close();
        throw place.fault("relative names of npy files", Place.quote(entry), FIX);
      }
      names.add(entry.substring(0, entry.length() - SUFFIX.length()));
    }
    return new NpzReader(place, archive, names);
  }

  /** The arrays' names, sorted. */
  public SortedSet<String> names() {
    return new TreeSet<>(names);
  }

  /**
   * Reads an array.
   *
   * @throws DataException if there is none of this name, or it is damaged
   */
  public NdArray read(String name) {
    if (!names.contains(name)) {
      throw place.fault(
          "an array " + Place.quote(name), "only " + Place.quote(names.toString()), FIX);
    }
    return archive.read(name + SUFFIX, NpyReader::read);
  }

  /** Closes the archive. */
  @Override
  public void close() {
    archive.close();
  }
}
