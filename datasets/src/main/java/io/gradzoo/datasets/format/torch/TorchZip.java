package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.ZipArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format since PyTorch 1.6: a zip with a pickle, {@code NAME/data.pkl}, and each storage in an
 * entry of its own, {@code NAME/data/KEY}; {@code NAME/byteorder} says which byte comes first.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";
  private static final String FIX = "write the file again with torch.save";

  private final Place place;
  private final ZipArchive archive;
  private final String root;
  private final ByteOrder order;
  private final Map<String, ByteBuffer> storages = new HashMap<>();

  private TorchZip(Place place, ZipArchive archive) {
    this.place = place;
    this.archive = archive;
    this.root = root();
    this.order = order();
  }

  static StateDict read(Place place, Path file) throws IOException {
    try (ZipArchive archive = ZipArchive.open(place, file, FIX)) {
      TorchZip zip = new TorchZip(place, archive);
      Object value = zip.pickle();
      return StateDictReader.of(place, value, file, zip::storage);
    }
  }

  private String root() {
    List<String> pickles =
        archive.names().stream()
            .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
            .toList();
    if (pickles.size() != 1) {
      throw place.fault("one entry NAME" + PICKLE, pickles.size() + "", FIX);
    }
    String pickle = pickles.get(0);
    return pickle.substring(0, pickle.length() - PICKLE.length());
  }

  private ByteOrder order() {
    String entry = root + "/byteorder";
    if (!archive.names().contains(entry)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String name = new String(bytes(entry, 16), StandardCharsets.UTF_8);
    return switch (name) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw place.member(entry).fault("little or big", Place.quote(name), FIX);
    };
  }

  private Object pickle() {
    String entry = root + PICKLE;
    byte[] bytes = bytes(entry, PickleMachine.LONGEST);
    return new PickleMachine(new PickleInput(place.member(entry), bytes)).load();
  }

  private ByteBuffer storage(TorchStorage storage) {
    return storages.computeIfAbsent(
        storage.key(),
        key -> {
          String entry = root + "/data/" + key;
          if (!archive.names().contains(entry)) {
            throw place.fault("a storage " + Place.quote(entry), "none", "fetch the file again");
          }
          byte[] bytes = bytes(entry, Integer.MAX_VALUE);
          if (bytes.length != storage.bytes()) {
            throw place
                .member(entry)
                .fault(storage.bytes() + " bytes", bytes.length + "", "fetch the file again");
          }
          return ByteBuffer.wrap(bytes).order(order);
        });
  }

  /** PyTorch packs nothing, and what is not packed cannot be larger than the file. */
  private byte[] bytes(String entry, int most) {
    if (!archive.stored(entry)) {
      throw place.member(entry).fault("bytes that are not packed", "a packed entry", FIX);
    }
    return archive.read(entry, (member, in, length) -> bytes(member, in, length, most));
  }

  private static byte[] bytes(Place member, InputStream in, long length, int most)
      throws IOException {
    if (length > most) {
      throw member.fault("at most " + most + " bytes", length + "", FIX);
    }
    return in.readNBytes((int) length);
  }
}
