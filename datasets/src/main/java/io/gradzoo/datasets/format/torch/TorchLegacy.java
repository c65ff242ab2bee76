package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.torch.PickleMachine.PickleDict;
import io.gradzoo.datasets.format.torch.PickleMachine.PickleList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The format before PyTorch 1.6: five pickles one after the other (a magic number, the format's
 * version, the system's byte order, the value, the storages' keys), then each storage, its count of
 * numbers before them.
 */
final class TorchLegacy {
  /** The pickle of the magic number. */
  private static final byte[] MAGIC = {
    (byte) 0x80,
    2,
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19,
    '.'
  };

  private static final long VERSION = 1001;
  private static final int LARGEST = 1 << 28;
  private static final String FIX = "write the file again with torch.save";

  private final Place place;
  private final PickleInput in;

  private TorchLegacy(Place place, byte[] bytes) {
    this.place = place;
    this.in = new PickleInput(place, bytes);
  }

  /** Whether a file begins as this format does. */
  static boolean is(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream start = Files.newInputStream(file)) {
      return Arrays.equals(start.readNBytes(MAGIC.length), MAGIC);
    }
  }

  static StateDict read(Place place, Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw place.fault("at most " + LARGEST + " bytes in the format before 1.6", size + "", FIX);
    }
    TorchLegacy legacy = new TorchLegacy(place, Files.readAllBytes(file));
    legacy.header();
    PickleMachine machine = new PickleMachine(legacy.in);
    Object value = machine.load();
    Map<String, ByteBuffer> storages = legacy.storages(machine.storages());
    return StateDictReader.of(place, value, file, storage -> storages.get(storage.key()));
  }

  private void header() {
    in.bytes(MAGIC.length);
    Object version = new PickleMachine(in).load();
    if (!(version instanceof Long number) || number != VERSION) {
      throw place.fault("a file of version " + VERSION, "another", FIX);
    }
    Object system = new PickleMachine(in).load();
    if (!(system instanceof PickleDict entries)
        || !Boolean.TRUE.equals(entries.values.get("little_endian"))) {
      throw place.fault("little_endian = True", "another byte order, or none", FIX);
    }
  }

  private Map<String, ByteBuffer> storages(Map<String, TorchStorage> named) {
    if (!(new PickleMachine(in).load() instanceof PickleList keys)
        || keys.values.size() != named.size()) {
      throw place.fault("the keys of " + named.size() + " storages", "others", FIX);
    }
    Map<String, ByteBuffer> storages = new HashMap<>();
    for (Object key : keys.values) {
      TorchStorage storage = key instanceof String name ? named.get(name) : null;
      if (storage == null || storages.containsKey(storage.key())) {
        throw place.fault("the keys of " + named.size() + " storages", "others", FIX);
      }
      int start = in.position();
      long count = in.integer64();
      if (count != storage.count()) {
        throw in.fault(start, storage.count() + " numbers", count + "", FIX);
      }
      byte[] numbers = in.bytes(storage.bytes());
      storages.put(storage.key(), ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN));
    }
    if (in.remaining() > 0) {
      throw in.fault(in.position(), "the end of the file", in.remaining() + " bytes more", FIX);
    }
    return storages;
  }
}
