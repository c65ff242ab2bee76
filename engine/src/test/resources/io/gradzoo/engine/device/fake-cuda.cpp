// A GPU for tests of the calls that reach one: the functions of CUDA's driver, NVRTC and cuBLAS that are used, on the
// emulated kernels that stand before this in one source. It takes nothing that a GPU would refuse during a capture.

#include <dlfcn.h>

#include <functional>
#include <string>

namespace {

constexpr int OUT_OF_MEMORY = 2;
constexpr int CAPTURE_UNSUPPORTED = 900;
constexpr unsigned long long MEMORY = 1ull << 30;

using Work = std::vector<std::function<int()>>;

Work *captured = nullptr;
int launched_graphs = 0;

int now_or_captured(std::function<int()> work) {
  if (captured != nullptr) {
    captured->push_back(std::move(work));
    return 0;
  }
  return work();
}

}  // namespace

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

VISIBLE int cuMemAlloc_v2(void **address, unsigned long long bytes) {
  if (bytes > MEMORY) {
    return OUT_OF_MEMORY;
  }
  *address = aligned_alloc(256, (bytes + 255) / 256 * 256);
  return 0;
}

VISIBLE int cuMemFree_v2(void *address) {
  free(address);
  return 0;
}

VISIBLE int cuMemHostAlloc(void **memory, unsigned long long bytes, int) { return cuMemAlloc_v2(memory, bytes); }

VISIBLE int cuMemsetD32Async(unsigned *to, unsigned value, unsigned long long count, void *) {
  return now_or_captured([=] {
    for (unsigned long long i = 0; i < count; i++) {
      to[i] = value;
    }
    return 0;
  });
}

VISIBLE int cuMemcpyHtoDAsync_v2(void *to, const void *from, unsigned long long bytes, void *) {
  if (captured != nullptr) {
    return CAPTURE_UNSUPPORTED;
  }
  memcpy(to, from, bytes);
  return 0;
}

VISIBLE int cuMemcpyDtoHAsync_v2(void *to, const void *from, unsigned long long bytes, void *) {
  return cuMemcpyHtoDAsync_v2(to, from, bytes, nullptr);
}

VISIBLE int cuStreamCreate(void **stream, int) {
  *stream = &captured;
  return 0;
}

VISIBLE int cuStreamSynchronize(void *) { return captured == nullptr ? 0 : CAPTURE_UNSUPPORTED; }

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
  *event = &launched_graphs;
  return 0;
}

VISIBLE int cuEventRecord(void *, void *) { return 0; }

VISIBLE int cuEventSynchronize(void *) { return captured == nullptr ? 0 : CAPTURE_UNSUPPORTED; }

VISIBLE int cuGraphInstantiateWithFlags(void **exec, void *graph, unsigned long long) {
  *exec = new Work(*static_cast<Work *>(graph));
  return 0;
}

VISIBLE int cuGraphLaunch(void *exec, void *) {
  launched_graphs++;
  for (const auto &work : *static_cast<Work *>(exec)) {
    if (int status = work()) {
      return status;
    }
  }
  return 0;
}

VISIBLE int cuGraphExecDestroy(void *exec) {
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
                           int shared, void *, void **arguments, void *extra) {
  if (grid_x < 1 || grid_y != 1 || grid_z != 1 || block_y != 1 || block_z != 1 || shared != 0 || extra != nullptr) {
    return 1;
  }
  auto launch = reinterpret_cast<int (*)(unsigned, unsigned, void **)>(function);
  return now_or_captured([=] {
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
  *handle = &captured;
  return 0;
}

VISIBLE int cublasSetStream_v2(void *, void *) { return 0; }

VISIBLE int cublasSetWorkspace_v2(void *, void *workspace, std::size_t bytes) {
  memset(workspace, 1, bytes);
  return 0;
}

VISIBLE int cublasSetMathMode(void *, int mode) { return mode == 0 || mode == 3 ? 0 : 7; }

VISIBLE int cublasSgemm_v2(void *, int op_a, int op_b, int m, int n, int k, const float *alpha, const float *a, int lda,
                           const float *b, int ldb, const float *beta, float *c, int ldc) {
  float by = *alpha;
  float keep = *beta;
  bool fits = lda >= (op_a ? k : m) && ldb >= (op_b ? n : k) && ldc >= m;
  return fits ? now_or_captured([=] {
    gradzoo_product(op_b, op_a, n, m, k, by, b, ldb, a, lda, keep, c, ldc);
    return 0;
  })
              : 7;
}
