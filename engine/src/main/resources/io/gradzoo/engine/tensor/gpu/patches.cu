// What a window sees at each place of maps, as rows, and the adjoint. Maps [samples, channels, height, width], rows
// [samples, down, across, channels, side, side].

struct Window {
  int channels;
  int height;
  int width;
  int side;
  int stride;
  int padding;

  __device__ int down() const {
    return (height + 2 * padding - side) / stride + 1;
  }

  __device__ int across() const {
    return (width + 2 * padding - side) / stride + 1;
  }
};

KERNEL patches(int n, Window w, const float *x, float *y) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)n) {
    return;
  }
  unsigned rest = i;
  int column = rest % w.side;
  rest /= w.side;
  int row = rest % w.side;
  rest /= w.side;
  int channel = rest % w.channels;
  rest /= w.channels;
  column += (int)(rest % w.across()) * w.stride - w.padding;
  rest /= w.across();
  row += (int)(rest % w.down()) * w.stride - w.padding;
  long long map = (long long)(rest / w.down()) * w.channels + channel;
  bool inside = row >= 0 && row < w.height && column >= 0 && column < w.width;
  y[i] = inside ? x[(map * w.height + row) * w.width + column] : 0.0f;
}
EXPORTED(patches)

// dx (+)= for each number of the maps the sum over the places that see it.
KERNEL patchesAdjoint(int n, Window w, const float *dy, float *dx, int add) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)n) {
    return;
  }
  unsigned rest = i;
  int left = (int)(rest % w.width) + w.padding;
  rest /= w.width;
  int top = (int)(rest % w.height) + w.padding;
  rest /= w.height;
  int channel = rest % w.channels;
  long long first = (long long)(rest / w.channels) * w.down() * w.across();
  float sum = 0.0f;
  for (int row = 0; row < w.side && row <= top; row++) {
    int down = (top - row) / w.stride;
    if ((top - row) % w.stride != 0 || down >= w.down()) {
      continue;
    }
    for (int column = 0; column < w.side && column <= left; column++) {
      int across = (left - column) / w.stride;
      if ((left - column) % w.stride == 0 && across < w.across()) {
        long long place = first + (long long)down * w.across() + across;
        sum += dy[((place * w.channels + channel) * w.side + row) * w.side + column];
      }
    }
  }
  put(dx[i], sum, add);
}
EXPORTED(patchesAdjoint)
