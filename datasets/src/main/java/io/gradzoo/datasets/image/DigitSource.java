package io.gradzoo.datasets.image;

import java.nio.file.Path;
import java.util.Optional;

/** The digits that come with Gradzoo. */
record DigitSource(String name) implements ImageSource {
  @Override
  public Optional<ImageForm> form() {
    return Optional.of(new ImageForm(DigitImages.SHAPE, DigitImages.CLASSES));
  }

  @Override
  public boolean divided() {
    return false;
  }

  @Override
  public FoundImages read(Path folder, Colours colours) {
    return FoundImages.whole(DigitImages.load());
  }
}
