package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files of an image set that others publish.
 *
 * @param set the set's name, and its folder's
 * @param source where to get them, in words
 * @param digests of published files, MD5 as the publishers say it or SHA-256
 */
record PublishedFiles(String set, String source, Set<String> digests) {

  /**
   * The first of these files that is there.
   *
   * @param folder of all image sets
   * @param names below the set's folder
   * @throws io.gradzoo.datasets.DataException if there is none
   */
  Path find(Path folder, List<String> names) {
    Path own = folder.resolve(set);
    return names.stream()
        .map(own::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                Place.of(set, own.resolve(names.get(0)))
                    .fault(
                        "a file of this name",
                        Files.isDirectory(folder) ? "none" : "no folder " + folder,
                        source + ", or set datasets.folder"));
  }

  /** A note about a file that is not as it was published, if the published one is known. */
  Stream<String> note(Path file) {
    if (digests.isEmpty()) {
      return Stream.empty();
    }
    Optional<String> found =
        Stream.of("SHA-256", "MD5")
            .map(algorithm -> digest(algorithm, file))
            .filter(digests::contains)
            .findFirst();
    return found.isPresent()
        ? Stream.empty()
        : Stream.of(file + " is not the file that was published of " + set);
  }

  private String digest(String algorithm, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    } catch (IOException e) {
      throw Place.of(set, file).unreadable(e);
    }
  }
}
