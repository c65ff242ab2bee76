// What all kernels share. They keep to a subset of CUDA C++ that is plain C++ too: emulation.h gives the CPU what is
// missing. EXPORTED and EXPORTED_TOGETHER name the kernels for it; a GPU finds them by their names.

#ifndef EMULATED
#define EXPORTED(kernel)
#define EXPORTED_TOGETHER(kernel)
#endif

#define KERNEL extern "C" __global__ void
#define WARP 32
#define ALL_LANES 0xffffffffu

// Numbers in memory at regular distances along five axes; 0 repeats the same ones. Of Strided in Java.
struct Strided {
  float *base;
  long long step[5];

  __device__ float &at(const unsigned *k) const {
    return base[k[0] * step[0] + k[1] * step[1] + k[2] * step[2] + k[3] * step[3] + k[4] * step[4]];
  }
};

// How long the axes are.
struct Extent {
  int n[5];

  __device__ unsigned size() const {
    return (unsigned)n[0] * n[1] * n[2] * n[3] * n[4];
  }

  // The place of number i; false beyond the last.
  __device__ bool locate(unsigned i, unsigned *k) const {
    if (i >= size()) {
      return false;
    }
    for (int axis = 4; axis > 0; axis--) {
      k[axis] = n[axis] == 1 ? 0 : i % n[axis];
      i = n[axis] == 1 ? i : i / n[axis];
    }
    k[0] = i;
    return true;
  }
};

__device__ inline unsigned threadOfAll() {
  return blockIdx.x * blockDim.x + threadIdx.x;
}

__device__ inline int lane() {
  return threadIdx.x % WARP;
}

// Warps count over all blocks, each on a row of its own.
__device__ inline int warpOfAll() {
  return blockIdx.x * (blockDim.x / WARP) + threadIdx.x / WARP;
}

// In every lane the sum over the warp, always added in the same order.
__device__ inline float warpSum(float x) {
  for (int distance = WARP / 2; distance > 0; distance /= 2) {
    x += __shfl_xor_sync(ALL_LANES, x, distance);
  }
  return x;
}

__device__ inline float warpMaximum(float x) {
  for (int distance = WARP / 2; distance > 0; distance /= 2) {
    x = fmaxf(x, __shfl_xor_sync(ALL_LANES, x, distance));
  }
  return x;
}

__device__ inline void put(float &y, float value, int add) {
  y = add ? y + value : value;
}

__device__ inline float sigmoid(float z) {
  return 1.0f / (1.0f + expf(-z));
}

__device__ inline float siluSlope(float z) {
  float s = sigmoid(z);
  return s * (1.0f + z * (1.0f - s));
}
