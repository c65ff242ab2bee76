package io.gradzoo.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.Opcodes;

/** A class file of another build: the class does the same and has one constant more. */
public final class PatchedClass {
  private PatchedClass() {}

  /**
   * Writes it into a folder that stands before the class on a class path.
   *
   * @param name internal name, such as {@code io/gradzoo/jobs/Job}
   */
  public static void write(Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".class");
    Files.createDirectories(file.getParent());
    try (InputStream in = PatchedClass.class.getResourceAsStream("/" + name + ".class")) {
      Files.write(file, patched(in.readAllBytes()));
    }
  }

  private static byte[] patched(byte[] original) {
    ClassWriter written = new ClassWriter(0);
    ClassVisitor added =
        new ClassVisitor(Opcodes.ASM9, written) {
          @Override
          public void visitEnd() {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
            visitField(access, "OTHER_BUILD", "I", null, 1).visitEnd();
            super.visitEnd();
          }
        };
    new ClassReader(original).accept(added, 0);
    return written.toByteArray();
  }
}
