// A GPU for tests of the calls that reach one: the functions of CUDA's driver, NVRTC and cuBLAS that are used, on the
// emulated kernels that stand before this in one source. It takes nothing that a GPU would refuse during a capture.

#include <dlfcn.h>

#include <deque>
#include <functional>
#include <mutex>
#include <string>

namespace {

constexpr int OUT_OF_MEMORY = 2;
constexpr int CAPTURE_UNSUPPORTED = 900;
constexpr unsigned long long MEMORY = 1ull << 30;

using Work = std::vector<std::function<int()>>;

// What a stream has still to do: false from work that has to wait for another stream.
struct Stream {
  std::deque<std::function<bool()>> work;
};

struct Event {
  int recorded = 0;
  int passed = 0;
};

enum Pace { AT_ONCE, AS_LATE_AS_POSSIBLE, UPLOADS_FIRST };

Work *captured = nullptr;
int launched_graphs = 0;
int failure = 0;
Pace pace = AT_ONCE;
std::vector<Stream *> streams;

// Memory is given back by a thread of its own, and waits for what is under way.
std::recursive_mutex one_at_a_time;
using Turn = std::lock_guard<std::recursive_mutex>;

// True if something was done.
bool advance(Stream &stream) {
  Turn turn(one_at_a_time);
  bool moved = false;
  while (!stream.work.empty() && stream.work.front()()) {
    stream.work.pop_front();
    moved = true;
  }
  return moved;
}

void advance_all() {
  Turn turn(one_at_a_time);
  bool moved = true;
  while (moved) {
    moved = false;
    for (Stream *stream : streams) {
      moved |= advance(*stream);
    }
  }
}

// A stream of a GPU may be as far as the other streams and the host let it, or no further than they need. An accelerator
// makes its stream of computations first and that of uploads next.
int enqueue(void *stream, std::function<bool()> work) {
  Turn turn(one_at_a_time);
  static_cast<Stream *>(stream)->work.push_back(std::move(work));
  if (pace == AT_ONCE) {
    advance_all();
  } else if (pace == UPLOADS_FIRST) {
    for (std::size_t i = 1; i < streams.size(); i += 2) {
      advance(*streams[i]);
    }
  }
  return 0;
}

int now_or_captured(void *stream, std::function<int()> work) {
  if (captured != nullptr) {
    captured->push_back(std::move(work));
    return 0;
  }
  return enqueue(stream, [=] {
    int status = work();
    failure = failure == 0 ? status : failure;
    return true;
  });
}

int copy(void *to, const void *from, unsigned long long bytes, void *stream) {
  if (captured != nullptr) {
    return CAPTURE_UNSUPPORTED;
  }
  return enqueue(stream, [=] {
    memcpy(to, from, bytes);
    return true;
  });
}

}  // namespace

VISIBLE void fake_pace(int wanted) {
  advance_all();
  pace = static_cast<Pace>(wanted);
}

VISIBLE int fake_launched_graphs() { return launched_graphs; }

VISIBLE int cuInit(int) { return 0; }

VISIBLE int cuGetErrorString(int error, const char **text) {
  *text = error == OUT_OF_MEMORY ? "out of memory" : "something else";
  return 0;
}

VISIBLE int cuDriverGetVersion(int *version) {
  *version = 13000;
  return 0;
}

VISIBLE int cuDeviceGetCount(int *count) {
  *count = 2;
  return 0;
}

VISIBLE int cuDeviceGet(int *device, int ordinal) {
  *device = ordinal;
  return 0;
}

VISIBLE int cuDeviceGetName(char *name, int length, int) {
  strncpy(name, "Fake", static_cast<std::size_t>(length));
  return 0;
}

VISIBLE int cuDeviceGetAttribute(int *value, int attribute, int device) {
  *value = attribute == 75 ? (device == 0 ? 9 : 7) : 0;
  return 0;
}

VISIBLE int cuDevicePrimaryCtxRetain(void **context, int) {
  *context = &launched_graphs;
  return 0;
}

VISIBLE int cuCtxSetCurrent(void *context) { return context == &launched_graphs ? 0 : 201; }

VISIBLE int cuDeviceTotalMem_v2(unsigned long long *bytes, int) {
  *bytes = MEMORY;
  return 0;
}

VISIBLE int cuMemAlloc_v2(void **address, unsigned long long bytes) {
  if (bytes > MEMORY) {
    return OUT_OF_MEMORY;
  }
  *address = aligned_alloc(256, (bytes + 255) / 256 * 256);
  return 0;
}

VISIBLE int cuMemFree_v2(void *address) {
  advance_all();
  free(address);
  return 0;
}

VISIBLE int cuMemHostAlloc(void **memory, unsigned long long bytes, int) { return cuMemAlloc_v2(memory, bytes); }

VISIBLE int cuMemsetD32Async(unsigned *to, unsigned value, unsigned long long count, void *stream) {
  return now_or_captured(stream, [=] {
    for (unsigned long long i = 0; i < count; i++) {
      to[i] = value;
    }
    return 0;
  });
}

VISIBLE int cuMemcpyHtoDAsync_v2(void *to, const void *from, unsigned long long bytes, void *stream) {
  return copy(to, from, bytes, stream);
}

VISIBLE int cuMemcpyDtoDAsync_v2(void *to, const void *from, unsigned long long bytes, void *stream) {
  return copy(to, from, bytes, stream);
}

VISIBLE int cuMemcpyDtoHAsync_v2(void *to, const void *from, unsigned long long bytes, void *stream) {
  return copy(to, from, bytes, stream);
}

VISIBLE int cuStreamCreate(void **stream, int) {
  Turn turn(one_at_a_time);
  streams.push_back(new Stream());
  *stream = streams.back();
  return 0;
}

VISIBLE int cuStreamSynchronize(void *stream) {
  if (captured != nullptr) {
    return CAPTURE_UNSUPPORTED;
  }
  advance(*static_cast<Stream *>(stream));
  if (!static_cast<Stream *>(stream)->work.empty()) {
    advance_all();
  }
  return static_cast<Stream *>(stream)->work.empty() ? failure : 999;
}

VISIBLE int cuStreamWaitEvent(void *stream, Event *event, int) {
  int awaited = event->recorded;
  return enqueue(stream, [=] { return event->passed >= awaited; });
}

VISIBLE int cuStreamBeginCapture_v2(void *, int) {
  captured = new Work();
  return 0;
}

VISIBLE int cuStreamEndCapture(void *, void **graph) {
  *graph = captured;
  captured = nullptr;
  return 0;
}

VISIBLE int cuEventCreate(void **event, int) {
  *event = new Event();
  return 0;
}

VISIBLE int cuEventRecord(Event *event, void *stream) {
  int number = ++event->recorded;
  return enqueue(stream, [=] {
    event->passed = number;
    return true;
  });
}

VISIBLE int cuEventSynchronize(Event *event) {
  if (captured != nullptr) {
    return CAPTURE_UNSUPPORTED;
  }
  if (event->passed < event->recorded) {
    advance_all();
  }
  return 0;
}

VISIBLE int cuGraphInstantiateWithFlags(void **exec, void *graph, unsigned long long) {
  *exec = new Work(*static_cast<Work *>(graph));
  return 0;
}

VISIBLE int cuGraphLaunch(void *exec, void *stream) {
  launched_graphs++;
  for (const auto &work : *static_cast<Work *>(exec)) {
    now_or_captured(stream, work);
  }
  return 0;
}

VISIBLE int cuGraphExecDestroy(void *exec) {
  advance_all();
  delete static_cast<Work *>(exec);
  return 0;
}

VISIBLE int cuGraphDestroy(void *graph) {
  delete static_cast<Work *>(graph);
  return 0;
}

VISIBLE int cuModuleLoadData(void **module, const void *image) {
  if (strcmp(static_cast<const char *>(image), "code for sm_90") != 0) {
    return 200;
  }
  Dl_info here;
  dladdr(reinterpret_cast<void *>(&cuInit), &here);
  *module = dlopen(here.dli_fname, RTLD_NOW);
  return *module == nullptr ? 200 : 0;
}

VISIBLE int cuModuleGetFunction(void **function, void *module, const char *name) {
  *function = dlsym(module, (std::string("launch_") + name).c_str());
  return *function == nullptr ? 500 : 0;
}

VISIBLE int cuLaunchKernel(void *function, int grid_x, int grid_y, int grid_z, int block_x, int block_y, int block_z,
                           int shared, void *stream, void **arguments, void *extra) {
  if (grid_x < 1 || grid_y != 1 || grid_z != 1 || block_y != 1 || block_z != 1 || shared != 0 || extra != nullptr) {
    return 1;
  }
  auto launch = reinterpret_cast<int (*)(unsigned, unsigned, void **)>(function);
  return now_or_captured(stream, [=] {
    return launch(static_cast<unsigned>(grid_x), static_cast<unsigned>(block_x), arguments);
  });
}

VISIBLE int nvrtcVersion(int *major, int *minor) {
  *major = 13;
  *minor = 0;
  return 0;
}

VISIBLE int nvrtcCreateProgram(void **program, const char *source, const char *, int, void *, void *) {
  *program = new std::string(source);
  return 0;
}

VISIBLE int nvrtcCompileProgram(void *program, int count, const char **options) {
  auto source = static_cast<std::string *>(program);
  if (count != 2 || source->find("KERNEL attend(") == std::string::npos) {
    return 6;
  }
  *source = std::string("code for ") + (strchr(options[0], '=') + 1);
  return 0;
}

VISIBLE int nvrtcGetCUBINSize(void *program, std::size_t *size) {
  *size = static_cast<std::string *>(program)->size() + 1;
  return 0;
}

VISIBLE int nvrtcGetCUBIN(void *program, char *code) {
  strcpy(code, static_cast<std::string *>(program)->c_str());
  return 0;
}

VISIBLE int nvrtcGetProgramLogSize(void *, std::size_t *size) {
  *size = 0;
  return 0;
}

VISIBLE int nvrtcGetProgramLog(void *, char *) { return 0; }

VISIBLE int nvrtcDestroyProgram(void **program) {
  delete static_cast<std::string *>(*program);
  return 0;
}

VISIBLE int cublasCreate_v2(void **handle) {
  *handle = new void *();
  return 0;
}

VISIBLE int cublasSetStream_v2(void **handle, void *stream) {
  *handle = stream;
  return 0;
}

VISIBLE int cublasSetWorkspace_v2(void *, void *workspace, std::size_t bytes) {
  memset(workspace, 1, bytes);
  return 0;
}

VISIBLE int cublasSetMathMode(void *, int mode) { return mode == 0 || mode == 3 ? 0 : 7; }

VISIBLE int cublasSgemm_v2(void **handle, int op_a, int op_b, int m, int n, int k, const float *alpha, const float *a, int lda,
                           const float *b, int ldb, const float *beta, float *c, int ldc) {
  float by = *alpha;
  float keep = *beta;
  bool fits = lda >= (op_a ? k : m) && ldb >= (op_b ? n : k) && ldc >= m;
  return fits ? now_or_captured(*handle, [=] {
    gradzoo_product(op_b, op_a, n, m, k, by, b, ldb, a, lda, keep, c, ldc);
    return 0;
  })
              : 7;
}

VISIBLE int cublasSgemmStridedBatched(void **handle, int op_a, int op_b, int m, int n, int k, const float *alpha,
                                      const float *a, int lda, long long step_a, const float *b, int ldb, long long step_b,
                                      const float *beta, float *c, int ldc, long long step_c, int count) {
  float by = *alpha;
  float keep = *beta;
  bool fits = lda >= (op_a ? k : m) && ldb >= (op_b ? n : k) && ldc >= m && count > 0 && count < 65536;
  return fits ? now_or_captured(*handle, [=] {
    gradzoo_products(op_b, op_a, n, m, k, by, b, ldb, step_b, a, lda, step_a, keep, c, ldc, step_c, count);
    return 0;
  })
              : 7;
}
