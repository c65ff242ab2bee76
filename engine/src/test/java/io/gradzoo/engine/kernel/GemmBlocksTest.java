package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That the blocks are as their generator writes them; what they compute, other tests say. */
class GemmBlocksTest {
  private static final Path FILE =
      Path.of("src/main/java/io/gradzoo/engine/kernel/GemmBlocks.java");

  @Test
  void theBlocksAreAsTheGeneratorWritesThem() throws IOException {
    if (Boolean.getBoolean("kernels.write")) {
      Files.writeString(FILE, GemmBlocksSource.text());
    }

    assertThat(Files.readString(FILE))
        .as(
            "change GemmBlocksSource, not GemmBlocks, and write it again: mvn -B -q -pl engine"
                + " -Dtest=GemmBlocksTest -Dkernels.write=true test")
        .isEqualTo(GemmBlocksSource.text());
  }
}
