// Runs the kernels on a CPU, one call at a time: block by block, and the threads of a block one after the other. Threads
// that meet (__syncthreads, __syncwarp, shuffles) are coroutines, each on a stack of its own. Threads that wait for each
// other in different places are seen and refused, where a GPU would hang.

#ifndef __x86_64__
#include <ucontext.h>
#endif

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <tuple>
#include <utility>
#include <vector>

#define EMULATED
#define __global__
#define __device__
#define __shared__ static

namespace emulation {

struct Index {
  unsigned x;
};

constexpr unsigned WARP_SIZE = 32;
constexpr std::size_t STACK = 64 * 1024;

enum class Waits { FOR_WARP, FOR_BLOCK, NO_MORE };

#ifdef __x86_64__
// Saves what a call must preserve, and goes on where the other stack was left.
extern "C" void gradzoo_emulation_switch(void **left, void *entered);
asm(R"(
.text
.hidden gradzoo_emulation_switch
.globl gradzoo_emulation_switch
gradzoo_emulation_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
)");

struct Context {
  void *top = nullptr;

  void begin(char *stack, void (*body)()) {
    void **top_of_stack = reinterpret_cast<void **>(stack + STACK);
    *--top_of_stack = nullptr;
    *--top_of_stack = reinterpret_cast<void *>(body);
    for (int saved = 0; saved < 6; saved++) {
      *--top_of_stack = nullptr;
    }
    top = top_of_stack;
  }

  static void change(Context &left, Context &entered) {
    gradzoo_emulation_switch(&left.top, entered.top);
  }
};
#else
struct Context {
  ucontext_t state;

  void begin(char *stack, void (*body)()) {
    getcontext(&state);
    state.uc_stack.ss_sp = stack;
    state.uc_stack.ss_size = STACK;
    state.uc_link = nullptr;
    makecontext(&state, body, 0);
  }

  static void change(Context &left, Context &entered) {
    swapcontext(&left.state, &entered.state);
  }
};
#endif

struct Thread {
  Context context;
  Waits waits;
  float exchanged[2];
  int exchanges;
};

struct Block {
  std::vector<Thread> threads;
  std::vector<char> stacks;
  Context scheduler;
  unsigned running = 0;
  void (*body)(void *) = nullptr;
  void *arguments = nullptr;
};

inline Index thread_index;
inline Index block_index;
inline Index block_size;
inline Block block;

inline void wait(Waits what) {
  Thread &self = block.threads[block.running];
  self.waits = what;
  Context::change(self.context, block.scheduler);
}

inline void thread_body() {
  block.body(block.arguments);
  wait(Waits::NO_MORE);
}

inline void resume(unsigned thread) {
  if (block.threads[thread].waits != Waits::NO_MORE) {
    block.running = thread;
    thread_index.x = thread;
    Context::change(block.scheduler, block.threads[thread].context);
  }
}

// Lets every warp go on whose threads all wait for it, or else all threads if all wait for the block. False if some
// threads of a warp wait for the warp and others for the block.
inline bool advance(bool &alive) {
  bool moved = false;
  alive = false;
  unsigned count = static_cast<unsigned>(block.threads.size());
  for (unsigned first = 0; first < count; first += WARP_SIZE) {
    bool warp_waits = false;
    bool block_waits = false;
    for (unsigned i = first; i < first + WARP_SIZE && i < count; i++) {
      warp_waits |= block.threads[i].waits == Waits::FOR_WARP;
      block_waits |= block.threads[i].waits == Waits::FOR_BLOCK;
    }
    if (warp_waits && block_waits) {
      return false;
    }
    alive |= warp_waits || block_waits;
    for (unsigned i = first; warp_waits && i < first + WARP_SIZE && i < count; i++) {
      resume(i);
      moved = true;
    }
  }
  for (unsigned i = 0; alive && !moved && i < count; i++) {
    resume(i);
  }
  return true;
}

inline bool run_block(unsigned threads) {
  block.threads.resize(threads);
  block.stacks.resize(threads * STACK);
  for (unsigned i = 0; i < threads; i++) {
    block.threads[i].context.begin(block.stacks.data() + i * STACK, thread_body);
    block.threads[i].waits = Waits::FOR_WARP;
    block.threads[i].exchanges = 0;
  }
  bool alive = true;
  while (alive) {
    if (!advance(alive)) {
      return false;
    }
  }
  return true;
}

// What another lane holds. Two places in turn, so that one meeting is enough for each exchange.
inline float exchange(float mine, unsigned lane) {
  Thread &self = block.threads[block.running];
  int turn = self.exchanges++ % 2;
  self.exchanged[turn] = mine;
  unsigned first = block.running / WARP_SIZE * WARP_SIZE;
  wait(Waits::FOR_WARP);
  return block.threads[first + lane].exchanged[turn];
}

template <class... A, std::size_t... I>
void call(void (*kernel)(A...), void **arguments, std::index_sequence<I...>) {
  kernel(*static_cast<A *>(arguments[I])...);
}

template <class... A>
void call(void (*kernel)(A...), void **arguments) {
  call(kernel, arguments, std::index_sequence_for<A...>());
}

template <auto KERNEL_FUNCTION>
int apart(unsigned blocks, unsigned threads, void **arguments) {
  block_size.x = threads;
  for (block_index.x = 0; block_index.x < blocks; block_index.x++) {
    for (thread_index.x = 0; thread_index.x < threads; thread_index.x++) {
      call(KERNEL_FUNCTION, arguments);
    }
  }
  return 0;
}

template <auto KERNEL_FUNCTION>
int together(unsigned blocks, unsigned threads, void **arguments) {
  block_size.x = threads;
  block.body = [](void *passed) { call(KERNEL_FUNCTION, static_cast<void **>(passed)); };
  block.arguments = arguments;
  for (block_index.x = 0; block_index.x < blocks; block_index.x++) {
    if (!run_block(threads)) {
      return 1;
    }
  }
  return 0;
}

}  // namespace emulation

#define threadIdx emulation::thread_index
#define blockIdx emulation::block_index
#define blockDim emulation::block_size

inline void __syncthreads() {
  emulation::wait(emulation::Waits::FOR_BLOCK);
}

inline void __syncwarp() {
  emulation::wait(emulation::Waits::FOR_WARP);
}

inline float __shfl_xor_sync(unsigned, float x, int distance) {
  return emulation::exchange(x, (emulation::thread_index.x % emulation::WARP_SIZE) ^ static_cast<unsigned>(distance));
}

#define VISIBLE extern "C" __attribute__((visibility("default")))

#define EXPORTED(kernel)                                                              \
  VISIBLE int launch_##kernel(unsigned blocks, unsigned threads, void **arguments) {  \
    return emulation::apart<kernel>(blocks, threads, arguments);                      \
  }
#define EXPORTED_TOGETHER(kernel)                                                     \
  VISIBLE int launch_##kernel(unsigned blocks, unsigned threads, void **arguments) {  \
    return emulation::together<kernel>(blocks, threads, arguments);                   \
  }

// C = alpha · op(A) · op(B) + beta · C, row-major: the twin of cuBLAS. Each row of C is added to in the order of the sum.
VISIBLE void gradzoo_product(int transposed_a, int transposed_b, int m, int n, int k, float alpha, const float *a, int lda,
                             const float *b, int ldb, float beta, float *c, int ldc) {
  std::vector<float> rows;
  if (transposed_b) {
    rows.resize(static_cast<std::size_t>(k) * n);
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        rows[static_cast<std::size_t>(p) * n + j] = b[static_cast<std::size_t>(j) * ldb + p];
      }
    }
    b = rows.data();
    ldb = n;
  }
  for (int i = 0; i < m; i++) {
    float *row = c + static_cast<std::size_t>(i) * ldc;
    for (int j = 0; j < n; j++) {
      row[j] = beta == 0.0f ? 0.0f : beta * row[j];
    }
    for (int p = 0; p < k; p++) {
      std::size_t at = transposed_a ? static_cast<std::size_t>(p) * lda + i : static_cast<std::size_t>(i) * lda + p;
      float factor = alpha * a[at];
      const float *other = b + static_cast<std::size_t>(p) * ldb;
      for (int j = 0; j < n; j++) {
        row[j] += factor * other[j];
      }
    }
  }
}

// The same product many times, of matrices at regular distances.
VISIBLE void gradzoo_products(int transposed_a, int transposed_b, int m, int n, int k, float alpha, const float *a, int lda,
                              long long step_a, const float *b, int ldb, long long step_b, float beta, float *c, int ldc,
                              long long step_c, int count) {
  for (int i = 0; i < count; i++) {
    gradzoo_product(transposed_a, transposed_b, m, n, k, alpha, a + i * step_a, lda, b + i * step_b, ldb, beta,
                    c + i * step_c, ldc);
  }
}
