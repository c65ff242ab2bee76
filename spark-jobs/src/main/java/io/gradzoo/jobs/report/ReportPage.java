package io.gradzoo.jobs.report;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.OutputFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The file of a report. Its last line is a comment with the hash of what stands above, by which
 * this program knows its own pages; a page that has none, or was changed since, is somebody's own
 * and is never replaced.
 */
final class ReportPage {
  private static final String MARK = "<!-- gradzoo report ";
  private static final String END = " -->\n";

  private final OutputFolder folder;
  private final Path path;
  private final Optional<String> replaced;

  private ReportPage(OutputFolder folder, Path path, Optional<String> replaced) {
    this.folder = folder;
    this.path = path;
    this.replaced = replaced;
  }

  /**
   * Prepares to write a page.
   *
   * @throws GradzooException exit code 3 if the folder cannot be written, or something stands there
   *     that this program did not write
   */
  static ReportPage begin(OutputFolder folder, Path path) {
    folder.prepare();
    return new ReportPage(folder, path, standing(folder, path));
  }

  /**
   * Writes the page, at once.
   *
   * @throws GradzooException exit code 3 if another was written there meanwhile, or it cannot be
   *     written
   */
  void write(String html) {
    Path unfinished = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      try {
        Files.writeString(unfinished, marked(html));
        if (!standing(folder, path).equals(replaced)) {
          throw GradzooException.data(
              Fault.of("report")
                  .at(path)
                  .expected("what stood there when this command began")
                  .found("that another command published there meanwhile")
                  .fix("the same command again makes it anew"));
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw folder.unwritable(path, e);
    }
  }

  private static String marked(String html) {
    return html + MARK + ContentHash.of(html) + END;
  }

  /** The page that stands there. */
  private static Optional<String> standing(OutputFolder folder, Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        throw foreign(path, "something else");
      }
      String page = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      int mark = page.lastIndexOf(MARK);
      if (mark < 0 || !page.equals(marked(page.substring(0, mark)))) {
        throw foreign(path, mark < 0 ? "another file" : "one that was changed since");
      }
      return Optional.of(page);
    } catch (IOException e) {
      throw folder.unwritable(path, e);
    }
  }

  private static GradzooException foreign(Path path, String found) {
    return GradzooException.data(
        Fault.of("report")
            .at(path)
            .expected("nothing but a page that gradzoo wrote")
            .found(found)
            .fix("move it away, or choose another storage.reports"));
  }
}
