package io.gradzoo.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlaceTest {
  @Test
  void anErrorSaysWhatFailedWhereWhatWasExpectedAndFoundAndHowToFixIt() {
    DataException fault =
        Place.of("npy", Path.of("zoo", "weights.npy"))
            .atByte(118)
            .fault("True or False", "'Maybe'", "save it again");

    assertThat(fault)
        .hasMessage(
            "npy: zoo/weights.npy@byte 118: expected True or False, found 'Maybe' (fix: save it again)");
  }

  @Test
  void anErrorInTextNamesTheLine() {
    assertThat(Place.of("digits", "digits.csv").atLine(3).fault("a", "b", "c"))
        .hasMessage("digits: digits.csv:line 3: expected a, found b (fix: c)");
  }

  @Test
  void anErrorInAnArchiveNamesTheMember() {
    assertThat(Place.of("npz", "a.npz").member("w.npy").fault("a", "b", "c"))
        .hasMessage("npz: a.npz!w.npy: expected a, found b (fix: c)");
  }

  @Test
  void hostileTextStaysOnOneLineAndShort() {
    String hostile = "a\n\u001b[31mred\u2028\u202e" + "x".repeat(1000);

    String message =
        Place.of("npy", "dir\nname").fault("text", Place.quote(hostile), "none").getMessage();

    assertThat(message.lines()).hasSize(1);
    assertThat(message).doesNotContain("\u001b", "\u2028", "\u202e").hasSizeLessThan(150);
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    Place place = Place.of("npy", "gone.npy");

    assertThat(place.unreadable(new NoSuchFileException("gone.npy")))
        .hasMessageStartingWith("npy: gone.npy: expected a readable file, found no such file");
    assertThat(place.unreadable(new IOException("disk on fire")))
        .hasMessageContaining("found IOException 'disk on fire'");
  }
}
