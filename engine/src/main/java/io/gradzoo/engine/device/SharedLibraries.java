package io.gradzoo.engine.device;

import com.sun.jna.NativeLibrary;
import io.gradzoo.engine.fault.Fault;
import java.util.Arrays;
import java.util.Optional;

/** Libraries of this machine, found by their sonames. */
final class SharedLibraries {
  private SharedLibraries() {}

  /**
   * The first library that there is.
   *
   * @param what it is
   * @param sonames newest first
   * @throws io.gradzoo.engine.fault.FaultException if there is none
   */
  static NativeLibrary open(String what, String... sonames) {
    return Arrays.stream(sonames)
        .flatMap(soname -> find(soname).stream())
        .findFirst()
        .orElseThrow(
            () ->
                Fault.of("GPU")
                    .expected("%s, %s", what, String.join(" or ", sonames))
                    .found("none that can be opened")
                    .fix("install it, or engine.device = cpu")
                    .exception());
  }

  private static Optional<NativeLibrary> find(String soname) {
    try {
      return Optional.of(NativeLibrary.getInstance(soname));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
