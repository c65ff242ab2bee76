package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Window;

/** An argument of a kernel: a window over maps, the {@code Window} of the sources. */
public record PatchWindow(int channels, int height, int width, int side, int stride, int padding) {

  static PatchWindow of(Window w) {
    return new PatchWindow(w.channels(), w.height(), w.width(), w.side(), w.stride(), w.padding());
  }
}
