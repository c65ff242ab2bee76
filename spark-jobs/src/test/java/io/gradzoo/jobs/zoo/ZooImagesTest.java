package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ZooImagesTest {
  private static final Pattern DIVISION =
      Pattern.compile("[0-9,]+ images to train on and [0-9,]+ to test on");
  private static final Pattern EPOCHS = Pattern.compile("epochs of [0-9,]+ images");

  @Test
  void presetsSayHowManyImagesThereAre() throws IOException {
    int saying = 0;
    try (Stream<Path> presets = Files.list(Path.of("../conf"))) {
      for (Path preset : presets.filter(file -> file.toString().endsWith(".conf")).toList()) {
        String text = Files.readString(preset);
        List<String> said =
            Stream.of(DIVISION, EPOCHS)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(MatchResult::group)
                .toList();
        if (!said.isEmpty()) {
          saying++;
          assertThat(said).as(preset.toString()).allMatch(sentences(preset)::contains);
        }
      }
    }

    assertThat(saying).isPositive();
  }

  private static List<String> sentences(Path preset) {
    GradzooConfig config = ConfigLayers.of(preset).load();
    ImageSet.Division images = ZooImages.divided(config.zoo(), config.seed());
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d images to train on and %,d to test on",
            images.train().size(),
            images.test().size()),
        String.format(Locale.ROOT, "epochs of %,d images", images.train().size()));
  }
}
