package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import io.gradzoo.engine.network.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A folder of PNG files with one subfolder for each class. Classes are numbered by their folders'
 * names in order, images of a class stand in the order of their files' names. Links are refused.
 */
final class PngImages {
  private static final String SUFFIX = ".png";
  private static final int LARGEST = 1024;
  private static final long LONGEST = 1 << 24;

  private PngImages() {}

  /**
   * Reads all images.
   *
   * @throws io.gradzoo.datasets.DataException if there are fewer than two classes, a file is no
   *     PNG, or images differ in size
   */
  static StoredImages read(Path folder) {
    List<Path> classes = entries(folder, true);
    if (classes.size() < 2) {
      throw Place.of("png", folder)
          .fault("a subfolder for each of two classes or more", classes.size() + "", "make them");
    }
    List<Integer> labels = new ArrayList<>();
    List<int[]> images = new ArrayList<>();
    Shape shape = null;
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : entries(classes.get(label), false)) {
        BufferedImage image = image(file);
        Shape found = new Shape(channels(image), image.getHeight(), image.getWidth());
        shape = shape == null ? found : shape;
        if (!found.equals(shape)) {
          throw Place.of("png", file)
              .fault("an image like the first, " + shape, found.toString(), "make all alike");
        }
        images.add(rgb(image));
        labels.add(label);
      }
    }
    if (shape == null) {
      throw Place.of("png", folder).fault("PNG files in its subfolders", "none", "add them");
    }
    int width = shape.width();
    return new StoredImages(
        shape,
        classes.size(),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        (image, channel, row, column) ->
            images.get(image)[row * width + column] >> (Byte.SIZE * (2 - channel)) & 0xff);
  }

  /** Folders, or PNG files, by name. */
  private static List<Path> entries(Path folder, boolean folders) {
    List<Path> entries = new ArrayList<>();
    Place place = Place.of("png", folder);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (Files.isSymbolicLink(entry)) {
          throw Place.of("png", entry).fault("files and folders", "a link", "copy what it names");
        }
        boolean wanted =
            folders
                ? Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                : entry.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX);
        if (wanted) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
    entries.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    return entries;
  }

  private static BufferedImage image(Path file) {
    Place place = Place.of("png", file);
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null || in.length() > LONGEST) {
        throw place.fault("a file of at most " + LONGEST + " bytes", "another", "make it smaller");
      }
      reader.setInput(in, true, true);
      if (reader.getWidth(0) > LARGEST || reader.getHeight(0) > LARGEST) {
        String found = reader.getWidth(0) + "×" + reader.getHeight(0);
        throw place.fault(
            "an image of at most " + LARGEST + "×" + LARGEST + " pixels", found, "make it smaller");
      }
      return reader.read(0);
    } catch (IOException e) {
      throw place.unreadable(e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw place.fault("a PNG image", "a damaged one", "write the file again");
    } finally {
      reader.dispose();
    }
  }

  private static int channels(BufferedImage image) {
    return image.getColorModel().getNumColorComponents() == 1 ? 1 : 3;
  }

  /** Values as they are stored, without a conversion of colour spaces. */
  private static int[] rgb(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = new int[width * image.getHeight()];
    if (channels(image) == 1) {
      for (int i = 0; i < pixels.length; i++) {
        int value = grey(image, i % width, i / width);
        pixels[i] = value * 0x10101;
      }
      return pixels;
    }
    return image.getRGB(0, 0, width, image.getHeight(), pixels, 0, width);
  }

  /** Of 16 bits the upper ones; fewer than 8 are spread over the range. */
  private static int grey(BufferedImage image, int column, int row) {
    int bits = image.getSampleModel().getSampleSize(0);
    int value = image.getRaster().getSample(column, row, 0);
    return bits > Byte.SIZE ? value >> (bits - Byte.SIZE) : value * 255 / ((1 << bits) - 1);
  }
}
