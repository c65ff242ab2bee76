// One thread for each number of a result. Operands are seen through strides, so that a copy to elsewhere, a row or a
// number for all, and plain arrays are one kernel.

// y (+)= alpha · a + b + c + d, and perhaps the ReLU of that. Terms without memory are left out.
KERNEL sum(Extent n, Strided y, int add, int rectify, float alpha, Strided a, Strided b, Strided c, Strided d) {
  unsigned k[5];
  if (!n.locate(threadOfAll(), k)) {
    return;
  }
  float s = a.base == 0 ? 0.0f : alpha * a.at(k);
  s += b.base == 0 ? 0.0f : b.at(k);
  s += c.base == 0 ? 0.0f : c.at(k);
  s += d.base == 0 ? 0.0f : d.at(k);
  put(y.at(k), rectify && !(s != s) ? fmaxf(s, 0.0f) : s, add);
}
EXPORTED(sum)

// y (+)= a ⊙ b.
KERNEL product(Extent n, Strided y, int add, Strided a, Strided b) {
  unsigned k[5];
  if (n.locate(threadOfAll(), k)) {
    put(y.at(k), a.at(k) * b.at(k), add);
  }
}
EXPORTED(product)

// What pointwise may be asked for; of PointwiseKernels in Java.
#define SILU 0
#define RELU 1
#define ABS 2
#define TANH 3
#define SINE 4
#define SILU_ADJOINT 5
#define RELU_ADJOINT 6
#define ABS_ADJOINT 7
#define TANH_ADJOINT 8

// What rounding takes from a product p: at 30 · x it would show in the sine.
__device__ inline float lost(float a, float b, float p) {
  return fmaf(a, b, -p);
}

// y (+)= f(x), or dy · f'(x); the frequency is the sine's.
KERNEL pointwise(int n, int function, float frequency, const float *x, const float *dy, float *y, int add) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)n) {
    return;
  }
  float v = x[i];
  float r;
  if (function == SILU) {
    r = v * sigmoid(v);
  } else if (function == RELU) {
    r = v != v ? v : fmaxf(v, 0.0f);
  } else if (function == ABS) {
    r = fabsf(v);
  } else if (function == TANH) {
    r = tanhf(v);
  } else if (function == SINE) {
    float p = frequency * v;
    r = sinf(p) + lost(frequency, v, p) * cosf(p);
  } else if (function == SILU_ADJOINT) {
    r = dy[i] * siluSlope(v);
  } else if (function == RELU_ADJOINT) {
    r = v > 0.0f ? dy[i] : 0.0f;
  } else if (function == ABS_ADJOINT) {
    r = dy[i] * (v > 0.0f ? 1.0f : v < 0.0f ? -1.0f : v);
  } else if (function == TANH_ADJOINT) {
    float t = tanhf(v);
    r = dy[i] * (1.0f - t * t);
  } else {
    float p = frequency * v;
    r = dy[i] * frequency * (cosf(p) - lost(frequency, v, p) * sinf(p));
  }
  put(y[i], r, add);
}
EXPORTED(pointwise)

// SplitMix64's finaliser, as in Dropout in Java.
__device__ inline unsigned long long mix(unsigned long long z) {
  z += 0x9E3779B97F4A7C15ull;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

// y (+)= x / (1 - rate) where kept, else 0. The pass's seed is in memory, since it changes from pass to pass.
KERNEL dropout(int n, const unsigned long long *passSeed, long long key, float rate, const float *x, float *y, int add) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)n) {
    return;
  }
  unsigned long long seed = mix(*passSeed + (unsigned long long)key);
  bool kept = (float)(mix(seed + i) >> 40) * 5.9604644775390625e-8f >= rate;
  put(y[i], kept ? x[i] * (1.0f / (1.0f - rate)) : 0.0f, add);
}
EXPORTED(dropout)

#define ALONE 0
#define ADDED 1
#define MULTIPLIED 2

// y (+)= t, x + t or x ⊙ t, with t the row of a table that a row's type says.
KERNEL lookup(int n, int rows, int width, const int *types, const float *table, const float *x, int combination, float *y,
              int add) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)n) {
    return;
  }
  float t = table[(long long)types[i / width % rows] * width + i % width];
  float r = combination == ALONE ? t : combination == ADDED ? x[i] + t : x[i] * t;
  put(y[i], r, add);
}
EXPORTED(lookup)

// y [rows, width] (+)= the rows of x that are chosen, for each model of `of` rows; zeros where none is.
KERNEL selectRows(int n, int rows, int width, const int *chosen, int of, const float *x, float *y, int add) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)n) {
    return;
  }
  int row = chosen[i / width % rows];
  long long model = i / width / rows;
  put(y[i], row < 0 ? 0.0f : x[(model * of + row) * width + i % width], add);
}
EXPORTED(selectRows)

// dTable [entries, width] += the sums of the rows [rows, width] by their types.
KERNEL lookupTable(int entries, int rows, int width, const int *types, const float *sums, float *dTable) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)entries * width) {
    return;
  }
  float sum = 0.0f;
  for (int row = 0; row < rows; row++) {
    if (types[row] == (int)(i / width)) {
      sum += sums[(long long)row * width + i % width];
    }
  }
  dTable[i] += sum;
}
EXPORTED(lookupTable)

// ln Σ exp x.
__device__ inline float logarithmOfSum(int classes, const float *x) {
  float largest = x[0];
  for (int j = 1; j < classes; j++) {
    largest = fmaxf(largest, x[j]);
  }
  float sum = 0.0f;
  for (int j = 0; j < classes; j++) {
    sum += expf(x[j] - largest);
  }
  return largest + logf(sum);
}

// y = −Σ t ln softmax(x) for each row.
KERNEL crossEntropy(int rows, int classes, const float *x, const float *t, float *y) {
  unsigned row = threadOfAll();
  if (row >= (unsigned)rows) {
    return;
  }
  long long at = (long long)row * classes;
  float logarithm = logarithmOfSum(classes, x + at);
  float sum = 0.0f;
  for (int j = 0; j < classes; j++) {
    sum += t[at + j] * (logarithm - x[at + j]);
  }
  y[row] = sum;
}
EXPORTED(crossEntropy)

// dx (+)= dy (Σ t · softmax(x) − t), dt (+)= −dy ln softmax(x), each if it has memory.
KERNEL crossEntropyAdjoint(int rows, int classes, const float *x, const float *t, const float *dy, float *dx, int addX,
                           float *dt, int addT) {
  unsigned row = threadOfAll();
  if (row >= (unsigned)rows) {
    return;
  }
  long long at = (long long)row * classes;
  float logarithm = logarithmOfSum(classes, x + at);
  float shares = 0.0f;
  for (int j = 0; j < classes; j++) {
    shares += t[at + j];
  }
  for (int j = 0; j < classes; j++) {
    float below = x[at + j] - logarithm;
    if (dx != 0) {
      put(dx[at + j], dy[row] * (shares * expf(below) - t[at + j]), addX);
    }
    if (dt != 0) {
      put(dt[at + j], -dy[row] * below, addT);
    }
  }
}
EXPORTED(crossEntropyAdjoint)
