// Functions of whole rows: a warp for each row, its lanes side by side.

#define LAYER_NORM_EPSILON 1e-5f
#define UNIT_NORM_EPSILON 1e-10f

// Four numbers of each row: its mean, 1/√(variance + ε), and for the adjoint the means of g and of g ⊙ x̂, with g the
// gradient by x̂.
#define MOMENTS 4

__device__ inline float argument(const float *x, const float *bias, float sign, int j) {
  return sign * x[j] + (bias == 0 ? 0.0f : bias[j]);
}

// y (+)= silu(gain ⊙ x̂ + shift), with x̂ the normalised sign · x + bias; no bias where it has no memory.
KERNEL layerNormSilu(int rows, int width, const float *x, float sign, const float *bias, const float *gain,
                     const float *shift, float *y, int add, float *moments) {
  int row = warpOfAll();
  if (row >= rows) {
    return;
  }
  long long at = (long long)row * width;
  float sum = 0.0f;
  for (int j = lane(); j < width; j += WARP) {
    sum += argument(x + at, bias, sign, j);
  }
  float mean = warpSum(sum) / width;
  float squares = 0.0f;
  for (int j = lane(); j < width; j += WARP) {
    float centred = argument(x + at, bias, sign, j) - mean;
    squares += centred * centred;
  }
  float inverse = 1.0f / sqrtf(warpSum(squares) / width + LAYER_NORM_EPSILON);
  for (int j = lane(); j < width; j += WARP) {
    float z = gain[j] * ((argument(x + at, bias, sign, j) - mean) * inverse) + shift[j];
    put(y[at + j], z * sigmoid(z), add);
  }
  if (lane() == 0) {
    moments[(long long)row * MOMENTS] = mean;
    moments[(long long)row * MOMENTS + 1] = inverse;
  }
}
EXPORTED_TOGETHER(layerNormSilu)

// dx (+)= the gradient by x, given dy; notes the means that layerNormColumns needs. No dx where it has no memory.
KERNEL layerNormRows(int rows, int width, const float *x, float sign, const float *bias, const float *gain,
                     const float *shift, const float *dy, float *dx, int add, float *moments) {
  int row = warpOfAll();
  if (row >= rows) {
    return;
  }
  long long at = (long long)row * width;
  float mean = moments[(long long)row * MOMENTS];
  float inverse = moments[(long long)row * MOMENTS + 1];
  float gradients = 0.0f;
  float along = 0.0f;
  for (int j = lane(); j < width; j += WARP) {
    float normal = (argument(x + at, bias, sign, j) - mean) * inverse;
    float g = gain[j] * dy[at + j] * siluSlope(gain[j] * normal + shift[j]);
    gradients += g;
    along += g * normal;
  }
  gradients = warpSum(gradients) / width;
  along = warpSum(along) / width;
  if (dx != 0) {
    for (int j = lane(); j < width; j += WARP) {
      float normal = (argument(x + at, bias, sign, j) - mean) * inverse;
      float g = gain[j] * dy[at + j] * siluSlope(gain[j] * normal + shift[j]);
      put(dx[at + j], sign * inverse * (g - gradients - normal * along), add);
    }
  }
  if (lane() == 0) {
    moments[(long long)row * MOMENTS + 2] = gradients;
    moments[(long long)row * MOMENTS + 3] = along;
  }
}
EXPORTED_TOGETHER(layerNormRows)

// For each model its rows' share of the gradients by gain, shift and bias: sums [models, 3 · width].
KERNEL layerNormColumns(int models, int rows, int width, const float *x, float sign, const float *bias, const float *gain,
                        const float *shift, const float *dy, const float *moments, float *sums) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)models * width) {
    return;
  }
  int model = i / width;
  int j = i % width;
  float ofGain = 0.0f;
  float ofShift = 0.0f;
  float ofBias = 0.0f;
  for (int r = 0; r < rows; r++) {
    long long row = (long long)model * rows + r;
    const float *m = moments + row * MOMENTS;
    float normal = (argument(x + row * width, bias, sign, j) - m[0]) * m[1];
    float dz = dy[row * width + j] * siluSlope(gain[j] * normal + shift[j]);
    ofGain += dz * normal;
    ofShift += dz;
    ofBias += m[1] * (gain[j] * dz - m[2] - normal * m[3]);
  }
  float *to = sums + (long long)model * 3 * width + j;
  to[0] = ofGain;
  to[width] = ofShift;
  to[2 * width] = ofBias;
}
EXPORTED(layerNormColumns)

// y = x · s for each row, with s = 1 / (‖x‖ + ε), or 1 / ‖x‖² where squared (0 for a zero row).
KERNEL normalise(int rows, int width, const float *x, int squared, float *y, float *scales) {
  int row = warpOfAll();
  if (row >= rows) {
    return;
  }
  long long at = (long long)row * width;
  float squares = 0.0f;
  for (int j = lane(); j < width; j += WARP) {
    squares += x[at + j] * x[at + j];
  }
  squares = warpSum(squares);
  float scale = squared ? (squares == 0.0f ? 0.0f : 1.0f / squares) : 1.0f / (sqrtf(squares) + UNIT_NORM_EPSILON);
  for (int j = lane(); j < width; j += WARP) {
    y[at + j] = x[at + j] * scale;
  }
  if (lane() == 0) {
    scales[row] = scale;
  }
}
EXPORTED_TOGETHER(normalise)

// dx (+)= s · (dy - factor · r ⟨y, dy⟩) for each row: r is y and the factor 1 after 1 / (‖x‖ + ε), x and 2 after 1 / ‖x‖².
KERNEL normaliseAdjoint(int rows, int width, const float *y, const float *r, float factor, const float *scales,
                        const float *dy, float *dx, int add) {
  int row = warpOfAll();
  if (row >= rows) {
    return;
  }
  long long at = (long long)row * width;
  float along = 0.0f;
  for (int j = lane(); j < width; j += WARP) {
    along += y[at + j] * dy[at + j];
  }
  along = factor * warpSum(along);
  for (int j = lane(); j < width; j += WARP) {
    put(dx[at + j], scales[row] * (dy[at + j] - along * r[at + j]), add);
  }
}
EXPORTED_TOGETHER(normaliseAdjoint)
