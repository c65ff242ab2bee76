// The core of self-attention, with queries, keys and values there: a warp for each row and head. Weights are never stored:
// a tile of 32 of them is made at a time, from the largest logit and the inverse of the sum that were noted for each row.

#define ATTENTION_WARPS 4
#define NOTES 3
#define LOWEST (-3.402823466e38f)

// Sequences of rows: sequence s of n rows begins at row s / lines · lines · n + s % lines · start, and goes on by `step`.
struct Sequences {
  int count;
  int n;
  int lines;
  int start;
  int step;
  int heads;
  int width;

  // Where head h of row i of sequence s begins.
  __device__ long long at(int s, int i, int h) const {
    long long row = (long long)(s / lines) * lines * n + (long long)(s % lines) * start + (long long)i * step;
    return (row * heads + h) * width;
  }
};

__device__ inline float dot(const float *a, const float *b, int n) {
  float sum = 0.0f;
  for (int i = 0; i < n; i++) {
    sum += a[i] * b[i];
  }
  return sum;
}

// z = Σ_j p_j v_j, and notes for each row and head: the largest logit, 1 / Σ exp(logit - largest).
KERNEL attend(Sequences of, float scale, const float *q, const float *k, const float *v, float *z, float *notes) {
  __shared__ float tiles[ATTENTION_WARPS][WARP];
  float *tile = tiles[threadIdx.x / WARP];
  int warp = warpOfAll();
  if (warp >= of.count * of.n * of.heads) {
    return;
  }
  int h = warp % of.heads;
  int i = warp / of.heads % of.n;
  int s = warp / of.heads / of.n;
  const float *query = q + of.at(s, i, h);
  float largest = LOWEST;
  for (int j = lane(); j < of.n; j += WARP) {
    float logit = scale * dot(query, k + of.at(s, j, h), of.width);
    largest = logit != logit ? logit : fmaxf(largest, logit);
  }
  largest = warpMaximum(largest);
  float sum = 0.0f;
  for (int j = lane(); j < of.n; j += WARP) {
    sum += expf(scale * dot(query, k + of.at(s, j, h), of.width) - largest);
  }
  float inverse = 1.0f / warpSum(sum);
  for (int from = 0; from < of.width; from += WARP) {
    int c = from + lane();
    float mixed = 0.0f;
    for (int first = 0; first < of.n; first += WARP) {
      int j = first + lane();
      __syncwarp();
      tile[lane()] =
          j < of.n ? expf(scale * dot(query, k + of.at(s, j, h), of.width) - largest) * inverse : 0.0f;
      __syncwarp();
      for (int other = 0; c < of.width && other < WARP && first + other < of.n; other++) {
        mixed += tile[other] * v[of.at(s, first + other, h) + c];
      }
    }
    if (c < of.width) {
      z[of.at(s, i, h) + c] = mixed;
    }
  }
  if (lane() == 0) {
    float *note = notes + of.at(s, i, h) / of.width * NOTES;
    note[0] = largest;
    note[1] = inverse;
  }
}
EXPORTED_TOGETHER(attend)

// dq_i = scale · Σ_j ds_ij k_j with ds_ij = p_ij (⟨dz_i, v_j⟩ - ⟨dz_i, z_i⟩); notes the last for each row and head.
KERNEL attendQueries(Sequences of, float scale, const float *q, const float *k, const float *v, const float *z,
                     const float *dz, float *notes, float *dq) {
  __shared__ float tiles[ATTENTION_WARPS][WARP];
  float *tile = tiles[threadIdx.x / WARP];
  int warp = warpOfAll();
  if (warp >= of.count * of.n * of.heads) {
    return;
  }
  int h = warp % of.heads;
  int i = warp / of.heads % of.n;
  int s = warp / of.heads / of.n;
  long long at = of.at(s, i, h);
  float *note = notes + at / of.width * NOTES;
  float along = 0.0f;
  for (int c = lane(); c < of.width; c += WARP) {
    along += z[at + c] * dz[at + c];
  }
  along = warpSum(along);
  for (int from = 0; from < of.width; from += WARP) {
    int c = from + lane();
    float gradient = 0.0f;
    for (int first = 0; first < of.n; first += WARP) {
      int j = first + lane();
      __syncwarp();
      tile[lane()] = 0.0f;
      if (j < of.n) {
        long long other = of.at(s, j, h);
        float p = expf(scale * dot(q + at, k + other, of.width) - note[0]) * note[1];
        tile[lane()] = p * (dot(dz + at, v + other, of.width) - along);
      }
      __syncwarp();
      for (int other = 0; c < of.width && other < WARP && first + other < of.n; other++) {
        gradient += tile[other] * k[of.at(s, first + other, h) + c];
      }
    }
    if (c < of.width) {
      dq[at + c] = scale * gradient;
    }
  }
  if (lane() == 0) {
    note[2] = along;
  }
}
EXPORTED_TOGETHER(attendQueries)

// dk_j = scale · Σ_i ds_ij q_i and dv_j = Σ_i p_ij dz_i.
KERNEL attendKeys(Sequences of, float scale, const float *q, const float *k, const float *v, const float *dz,
                  const float *notes, float *dk, float *dv) {
  __shared__ float weights[ATTENTION_WARPS][WARP];
  __shared__ float gradients[ATTENTION_WARPS][WARP];
  float *weight = weights[threadIdx.x / WARP];
  float *gradient = gradients[threadIdx.x / WARP];
  int warp = warpOfAll();
  if (warp >= of.count * of.n * of.heads) {
    return;
  }
  int h = warp % of.heads;
  int j = warp / of.heads % of.n;
  int s = warp / of.heads / of.n;
  long long at = of.at(s, j, h);
  for (int from = 0; from < of.width; from += WARP) {
    int c = from + lane();
    float ofKey = 0.0f;
    float ofValue = 0.0f;
    for (int first = 0; first < of.n; first += WARP) {
      int i = first + lane();
      __syncwarp();
      weight[lane()] = 0.0f;
      gradient[lane()] = 0.0f;
      if (i < of.n) {
        long long other = of.at(s, i, h);
        const float *note = notes + other / of.width * NOTES;
        float p = expf(scale * dot(q + other, k + at, of.width) - note[0]) * note[1];
        weight[lane()] = p;
        gradient[lane()] = p * (dot(dz + other, v + at, of.width) - note[2]);
      }
      __syncwarp();
      for (int other = 0; c < of.width && other < WARP && first + other < of.n; other++) {
        long long row = of.at(s, first + other, h) + c;
        ofKey += gradient[other] * q[row];
        ofValue += weight[other] * dz[row];
      }
    }
    if (c < of.width) {
      dk[at + c] = scale * ofKey;
      dv[at + c] = ofValue;
    }
  }
}
EXPORTED_TOGETHER(attendKeys)
