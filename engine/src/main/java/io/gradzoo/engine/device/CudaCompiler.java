package io.gradzoo.engine.device;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.gradzoo.engine.fault.Fault;

/** NVRTC, which compiles CUDA C++ while a program runs; names are those of {@code nvrtc.h}. */
final class CudaCompiler {
  private CudaCompiler() {}

  /**
   * Opens the library.
   *
   * @throws io.gradzoo.engine.fault.FaultException if there is none
   */
  static void open() {
    SharedLibraries.bind(CudaCompiler.class, "CUDA's compiler", "libnvrtc.so.13", "libnvrtc.so.12");
  }

  /** The version, of which what it compiles depends. */
  static String version() {
    IntByReference major = new IntByReference();
    IntByReference minor = new IntByReference();
    check(nvrtcVersion(major, minor), "version");
    return major.getValue() + "." + minor.getValue();
  }

  /**
   * The code of a source for one architecture, such as {@code sm_90}.
   *
   * @throws io.gradzoo.engine.fault.FaultException with the compiler's first complaint
   */
  static byte[] compile(String source, String architecture) {
    PointerByReference created = new PointerByReference();
    check(nvrtcCreateProgram(created, source, "kernels.cu", 0, null, null), "kernels.cu");
    Pointer program = created.getValue();
    try {
      String[] options = {"--gpu-architecture=" + architecture, "--std=c++17"};
      if (nvrtcCompileProgram(program, options.length, new StringArray(options)) != 0) {
        throw Fault.of("GPU").at(architecture).found(complaint(program)).exception();
      }
      LongByReference size = new LongByReference();
      check(nvrtcGetCUBINSize(program, size), architecture);
      Memory code = new Memory(size.getValue());
      check(nvrtcGetCUBIN(program, code), architecture);
      return code.getByteArray(0, (int) size.getValue());
    } finally {
      nvrtcDestroyProgram(created);
    }
  }

  private static String complaint(Pointer program) {
    LongByReference size = new LongByReference();
    if (nvrtcGetProgramLogSize(program, size) != 0 || size.getValue() == 0) {
      return "the kernels do not compile";
    }
    Memory log = new Memory(size.getValue());
    nvrtcGetProgramLog(program, log);
    return log.getString(0).strip().lines().findFirst().orElse("the kernels do not compile");
  }

  private static void check(int status, String what) {
    if (status != 0) {
      throw Fault.of("GPU").at(what).found("CUDA's compiler fails with %d", status).exception();
    }
  }

  private static native int nvrtcVersion(IntByReference major, IntByReference minor);

  private static native int nvrtcCreateProgram(
      PointerByReference program,
      String source,
      String name,
      int headers,
      Pointer headerSources,
      Pointer headerNames);

  private static native int nvrtcCompileProgram(Pointer program, int count, Pointer options);

  private static native int nvrtcGetCUBINSize(Pointer program, LongByReference size);

  private static native int nvrtcGetCUBIN(Pointer program, Pointer code);

  private static native int nvrtcGetProgramLogSize(Pointer program, LongByReference size);

  private static native int nvrtcGetProgramLog(Pointer program, Pointer log);

  private static native int nvrtcDestroyProgram(PointerByReference program);
}
