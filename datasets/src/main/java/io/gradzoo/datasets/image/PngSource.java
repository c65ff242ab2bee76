package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A user's own images: PNG files, one subfolder for each class. */
record PngSource(String name) implements ImageSource {
  @Override
  public Optional<ImageForm> form() {
    return Optional.empty();
  }

  @Override
  public boolean divided() {
    return false;
  }

  @Override
  public FoundImages read(Path folder, Colours colours) {
    Path own = folder.resolve(name);
    if (!Files.isDirectory(own)) {
      throw Place.of(name, own)
          .fault(
              "a folder with a subfolder of PNG files for each class",
              "none",
              "make it, or set datasets.folder");
    }
    return FoundImages.whole(PngImages.read(own).read(colours));
  }
}
