// Steps of training: the loss of outputs, and the update of parameters by their clipped gradient.

// Of NumberLoss.ErrorOfNumber in Java.
#define SQUARED_ERROR 0
#define SHARE_ERROR 1
#define CROSS_ENTROPY_ERROR 2
#define LINEAR_ERROR 3

// losses (+)= share · Σ e(y, t) of each model, and dy its slopes, if they have memory. The targets of a model begin
// `stride` after those of the one before; errors from LINEAR_ERROR on have none.
KERNEL loss(int models, int size, int stride, int error, float scale, const float *targets, const float *shares,
            const float *y, float *dy, float *losses, int add) {
  int model = warpOfAll();
  if (model >= models) {
    return;
  }
  long long at = (long long)model * size;
  float sum = 0.0f;
  for (int i = lane(); i < size; i += WARP) {
    float v = y[at + i];
    float t = error < LINEAR_ERROR ? targets[(long long)model * stride + i] : 0.0f;
    float p = sigmoid(v);
    float e;
    float slope;
    if (error == SQUARED_ERROR) {
      float distance = scale * (v - t);
      e = distance * distance;
      slope = 2.0f * scale * distance;
    } else if (error == SHARE_ERROR) {
      e = (p - t) * (p - t);
      slope = 2.0f * (p - t) * p * (1.0f - p);
    } else if (error == CROSS_ENTROPY_ERROR) {
      e = fmaxf(v, 0.0f) + log1pf(expf(-fabsf(v))) - t * v;
      slope = p - t;
    } else if (error == LINEAR_ERROR) {
      e = scale * v;
      slope = scale;
    } else {
      e = scale * fabsf(v);
      slope = v == 0.0f ? 0.0f : copysignf(scale, v);
    }
    sum += e;
    if (dy != 0) {
      dy[at + i] = shares[2 * model + 1] * slope;
    }
  }
  sum = warpSum(sum);
  if (lane() == 0) {
    put(losses[model], shares[2 * model] * sum, add);
  }
}
EXPORTED_TOGETHER(loss)

#define SUMMING_THREADS 256

// In the first thread the sum over the block, always added in the same order. Once a kernel.
__device__ inline double blockSum(double x) {
  __shared__ double sums[SUMMING_THREADS];
  sums[threadIdx.x] = x;
  for (unsigned half = SUMMING_THREADS / 2; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) {
      sums[threadIdx.x] += sums[threadIdx.x + half];
    }
  }
  return sums[0];
}

// The step that is being made: the sum of its losses, what its gradient is multiplied by, and the steps before it.
#define LOSS 0
#define GRADIENT_SCALE 1
#define STEPS_BEFORE 2

// Adds the losses of a pass to the step's; one block.
KERNEL addLosses(int models, const float *losses, double *step) {
  double sum = 0.0;
  for (int model = threadIdx.x; model < models; model += SUMMING_THREADS) {
    sum += losses[model];
  }
  sum = blockSum(sum);
  if (threadIdx.x == 0) {
    step[LOSS] += sum;
  }
}
EXPORTED_TOGETHER(addLosses)

// Each block's share of the sum of squares.
KERNEL squares(int n, int blocks, const float *gradient, double *parts) {
  double sum = 0.0;
  for (int i = threadOfAll(); i < n; i += blocks * SUMMING_THREADS) {
    sum += (double)gradient[i] * gradient[i];
  }
  sum = blockSum(sum);
  if (threadIdx.x == 0) {
    parts[blockIdx.x] = sum;
  }
}
EXPORTED_TOGETHER(squares)

// Ends a step: notes its loss and the norm of its gradient, and says what clips that. One block.
KERNEL clip(int blocks, const double *parts, double largest, double epsilon, double *step, float *history) {
  double sum = 0.0;
  for (int i = threadIdx.x; i < blocks; i += SUMMING_THREADS) {
    sum += parts[i];
  }
  sum = blockSum(sum);
  if (threadIdx.x == 0) {
    double norm = sqrt(sum);
    float *noted = history + 2 * (int)step[STEPS_BEFORE];
    noted[0] = (float)step[LOSS];
    noted[1] = (float)norm;
    step[GRADIENT_SCALE] = largest / (norm + epsilon);
    step[LOSS] = 0.0;
    step[STEPS_BEFORE] += 1.0;
  }
}
EXPORTED_TOGETHER(clip)

// The formula of Optimizer in Java, and its coefficients; then a gradient of zero. Moments without memory are left out.
KERNEL update(int n, const float *coefficients, const double *step, float *gradient, float *parameters, float *first,
              float *second) {
  unsigned i = threadOfAll();
  if (i >= (unsigned)n) {
    return;
  }
  float keepFirst = coefficients[0];
  float takeFirst = coefficients[1];
  float keepSecond = coefficients[2];
  float takeSecond = coefficients[3];
  float decay = coefficients[4];
  float rate = coefficients[5];
  float correction = coefficients[6];
  float epsilon = coefficients[7];
  float g = step[GRADIENT_SCALE] < 1.0 ? gradient[i] * (float)step[GRADIENT_SCALE] : gradient[i];
  gradient[i] = 0.0f;
  if (second == 0) {
    parameters[i] -= rate * g;
    return;
  }
  float m = g;
  if (first != 0) {
    m = keepFirst * first[i] + takeFirst * g;
    first[i] = m;
  }
  float v = keepSecond * second[i] + takeSecond * g * g;
  second[i] = v;
  float root = sqrtf(v) * correction + epsilon;
  parameters[i] -= decay * parameters[i] + rate * m / root;
}
EXPORTED(update)
