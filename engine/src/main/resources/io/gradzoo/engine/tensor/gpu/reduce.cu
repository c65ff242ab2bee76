// Sums, each by one thread or one block in a fixed order: the same numbers give the same bits.

// y (+)= factor · Σ a (⊙ b ⊙ c) over the last two axes; factors without memory are left out.
KERNEL reduce(Extent n, Strided y, int add, float factor, Strided a, Strided b, Strided c) {
  Extent outer = n;
  outer.n[3] = 1;
  outer.n[4] = 1;
  unsigned k[5];
  if (!outer.locate(threadOfAll(), k)) {
    return;
  }
  float sum = 0.0f;
  for (int r = 0; r < n.n[3]; r++) {
    for (int s = 0; s < n.n[4]; s++) {
      k[3] = r;
      k[4] = s;
      float term = a.at(k);
      term *= b.base == 0 ? 1.0f : b.at(k);
      term *= c.base == 0 ? 1.0f : c.at(k);
      sum += term;
    }
  }
  k[3] = 0;
  k[4] = 0;
  put(y.at(k), factor * sum, add);
}
EXPORTED(reduce)

#define FOLDING_WARPS 8

// y [width] += factor · Σ over rows of x [rows, width]; a block has 32 columns and 8 warps that share the rows.
KERNEL fold(int rows, int width, int stride, const float *x, float factor, float *y) {
  __shared__ float sums[FOLDING_WARPS][WARP];
  int column = blockIdx.x * WARP + lane();
  int warp = threadIdx.x / WARP;
  float sum = 0.0f;
  if (column < width) {
    for (int row = warp; row < rows; row += FOLDING_WARPS) {
      sum += x[(long long)row * stride + column];
    }
  }
  sums[warp][lane()] = sum;
  __syncthreads();
  if (warp == 0 && column < width) {
    for (int other = 1; other < FOLDING_WARPS; other++) {
      sum += sums[other][lane()];
    }
    y[column] += factor * sum;
  }
}
EXPORTED_TOGETHER(fold)

// y (+)= (start + x - mean of x) / width for each row x: ReweightedMean's weights of its scores, and its own adjoint.
KERNEL centre(int rows, int width, const float *x, float start, float *y, int add) {
  int row = warpOfAll();
  if (row >= rows) {
    return;
  }
  const float *from = x + (long long)row * width;
  float sum = 0.0f;
  for (int j = lane(); j < width; j += WARP) {
    sum += from[j];
  }
  float mean = warpSum(sum) / width;
  for (int j = lane(); j < width; j += WARP) {
    put(y[(long long)row * width + j], (start + from[j] - mean) / width, add);
  }
}
EXPORTED_TOGETHER(centre)
