package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that cannot be written, or that hold what is the user's: refused before the work. */
class PlaceFaultsTest {
  @TempDir Path folder;
  private Workplace place;

  @BeforeEach
  void takeAPlace() {
    place = new Workplace(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train scalegmn", "demo"})
  void aFileWhereRunsShouldBeIsSeenBeforeTheWork(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("runs"), "");

    place
        .gradzooPlain(command.split(" "))
        .refused(3, "run: " + file + ": expected a folder, found a file", "storage.runs");
    assertThat(place.plainFolder()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "demo"})
  void aFileWhereReportsShouldBeIsSeenBeforeTheWork(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("reports"), "");

    place
        .gradzooPlain(command)
        .refused(3, "report: " + file + ": expected a folder, found a file", "storage.reports");
    assertThat(place.plainFolder()).doesNotExist();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() {
    place
        .gradzooPlain("train", "scalegmn", "--set=storage.runs=/proc/gradzoo")
        .refused(3, "run: /proc/gradzoo: cannot be written", "storage.runs");
  }

  @Test
  void anOutputThatCannotBeWrittenIsSeenBeforeTheWork() {
    place
        .gradzoo("zoo", "generate", "--set=zoo.runs=1000000", "--output=/proc/gradzoo")
        .refused(3, "output folder: /proc/gradzoo/tiny: cannot be written");
  }

  @Test
  void aFileOfTheUsersAmongMembersIsSeenBeforeTheWork() throws IOException {
    place.gradzooPlain("zoo", "generate").ok();
    Path own = Files.writeString(place.plainFolder().resolve("tiny/members/notes.txt"), "mine");

    place
        .gradzooPlain("zoo", "generate", "--set=zoo.runs=1000000")
        .refused(3, own + ": expected nothing but what gradzoo wrote there");
    assertThat(own).hasContent("mine");
  }

  @Test
  void aFileOfTheUsersInARunIsSeenBeforeTheWork() throws IOException {
    Path own =
        Files.writeString(Files.createDirectories(place.run("scalegmn")).resolve("a.txt"), "mine");

    place
        .gradzooPlain("train", "scalegmn")
        .refused(3, own + ": expected nothing but what gradzoo wrote there");
    assertThat(own).hasContent("mine");
  }
}
