package io.gradzoo.engine.device;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.gradzoo.engine.fault.Fault;
import java.util.Arrays;
import java.util.Optional;

/** Libraries of this machine, found by their sonames. */
final class SharedLibraries {
  private SharedLibraries() {}

  /**
   * Binds the native methods of a class to the first library that there is.
   *
   * @param what it is
   * @param sonames newest first
   * @throws io.gradzoo.engine.fault.FaultException if there is none, or it lacks a function
   */
  static synchronized void bind(Class<?> functions, String what, String... sonames) {
    NativeLibrary library =
        Arrays.stream(sonames)
            .flatMap(soname -> find(soname).stream())
            .findFirst()
            .orElseThrow(() -> fault(what, sonames).found("none that can be opened").exception());
    try {
      Native.register(functions, library);
    } catch (UnsatisfiedLinkError e) {
      throw fault(what, sonames).found("an older one: %s", e.getMessage()).exception();
    }
  }

  private static Fault fault(String what, String... sonames) {
    return Fault.of("GPU")
        .expected("%s, %s", what, String.join(" or ", sonames))
        .fix("install it, or engine.device = cpu");
  }

  private static Optional<NativeLibrary> find(String soname) {
    try {
      return Optional.of(NativeLibrary.getInstance(soname));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
