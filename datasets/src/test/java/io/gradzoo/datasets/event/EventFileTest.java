package io.gradzoo.datasets.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a killed process left, and those of others; TensorFlow reads them elsewhere. */
class EventFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeThreeSteps() throws IOException {
    file = folder.resolve("events.out.tfevents.0.gradzoo");
    try (EventFile events = EventFile.open(file, "settings", "| a | 1 |")) {
      for (long step = 1; step <= 3; step++) {
        events.add(step, Map.of("loss", 1.0 / step));
      }
    }
  }

  @Test
  void whatWasCutShortAnywhereIsWrittenAgain() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    List<byte[]> records = EventRecords.whole(whole);
    assertThat(records).hasSize(5);
    int settings = (int) (EventRecords.size(records.get(0)) + EventRecords.size(records.get(1)));
    for (int length = settings; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (EventFile events = EventFile.open(file, "settings", "")) {
        for (long step = 1; step <= 3; step++) {
          if (!events.steps().contains(step)) {
            events.add(step, Map.of("loss", 1.0 / step));
          }
        }
      }
      assertThat(EventRecords.whole(Files.readAllBytes(file))).hasSize(5);
      assertThat(Files.size(file)).isEqualTo(whole.length);
    }
  }

  @Test
  void whatADamagedRecordHidesIsWrittenAgain() throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length / 2] ^= 1;
    Files.write(file, damaged);

    try (EventFile events = EventFile.open(file, "settings", "")) {
      assertThat(events.steps()).doesNotContain(3L);
    }
  }

  @Test
  void anotherProgramsFileIsRefusedAndLeftAlone() throws IOException {
    byte[] foreign = EventRecords.framed(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0});
    for (byte[] other : List.of(foreign, new byte[] {1, 2, 3}, new byte[0])) {
      Files.write(file, other);
      assertThatThrownBy(() -> EventFile.open(file, "settings", ""))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(file + ": expected an event file that gradzoo wrote");
      assertThatThrownBy(() -> EventFile.write(file, 1, Map.of("loss", 1.0)))
          .isInstanceOf(DataException.class);
      assertThat(Files.readAllBytes(file)).isEqualTo(other);
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
    assertThatThrownBy(() -> EventFile.open(link, "settings", ""))
        .isInstanceOf(DataException.class);
    assertThat(folder.resolve("target")).doesNotExist();
  }

  /** As the standard has it (RFC 3720, B.4), masked as TensorFlow does. */
  @Test
  void checksumsAreThoseOfTheStandard() {
    byte[] framed = EventRecords.framed(new byte[32]);

    int crc = 0x8a9136aa; // of 32 zeros
    int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    assertThat(HexFormat.of().toHexDigits(Integer.reverseBytes(masked)))
        .isEqualTo(HexFormat.of().formatHex(framed, 12 + 32, 12 + 32 + 4));
  }

  /** By hand from the numbers of fields in event.proto and summary.proto. */
  @Test
  void messagesAreThoseOfTheFormat() {
    assertThat(EventMessage.scalars(1.5, 300, new TreeMap<>(Map.of("ab", 0.5))))
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "09000000000000f83f" + "10ac02" + "2a0b" + "0a09" + "0a026162" + "150000003f"));
  }
}
