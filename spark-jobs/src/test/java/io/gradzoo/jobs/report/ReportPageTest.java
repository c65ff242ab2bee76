package io.gradzoo.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.jobs.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  @TempDir Path folder;

  @Test
  void anOwnPageIsReplaced() {
    begin().write("<p>old</p>\n");
    begin().write("<p>new</p>\n");

    assertThat(page()).content().startsWith("<p>new</p>\n<!-- gradzoo report ");
    assertThat(folder.toFile().list()).containsExactly("digits.html");
  }

  @Test
  void aPageOfTheUsersIsNeverReplaced() throws IOException {
    Files.writeString(page(), "<p>mine</p>");
    refused("another file");

    Files.delete(page());
    begin().write("<p>old</p>\n");
    Files.writeString(page(), Files.readString(page()).replace("old", "mine"));
    refused("one that was changed since");
    assertThat(page()).content().contains("<p>mine</p>");
  }

  @Test
  void linksAndFoldersAreRefused() throws IOException {
    Files.createDirectory(page());
    refused("something else");
    Files.delete(page());
    Files.createSymbolicLink(page(), folder.resolve("nowhere"));
    refused("something else");
  }

  @Test
  void theSecondOfTwoIsRefused() {
    ReportPage first = begin();
    ReportPage second = begin();
    first.write("<p>first</p>\n");

    assertThatThrownBy(() -> second.write("<p>second</p>\n"))
        .hasMessageContaining("another command published there meanwhile");
    assertThat(page()).content().contains("first");
    assertThat(folder.toFile().list()).containsExactly("digits.html");
  }

  private void refused(String found) {
    assertThatThrownBy(this::begin)
        .hasMessageContaining("expected nothing but a page that gradzoo wrote, found " + found);
  }

  private ReportPage begin() {
    return ReportPage.begin(new OutputFolder("report", folder, "storage.reports"), page());
  }

  private Path page() {
    return folder.resolve("digits.html");
  }
}
