package io.gradzoo.jobs.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.Opcodes;
import org.apache.xbean.asm9.commons.ClassRemapper;
import org.apache.xbean.asm9.commons.Remapper;

/**
 * A compiled class of ours as far as it can change a result: without names of files and variables
 * and numbers of lines, so that comments and white space make no difference.
 *
 * @param bytes the class file without them
 * @param references internal names of our classes that its code, fields and annotations name
 */
@SuppressWarnings("ArrayRecordComponent") // bulk bytes, compared by nobody
record ClassImage(byte[] bytes, SortedSet<String> references) {
  private static final String OURS = "io/gradzoo/";

  /** What was read already: the closures of a program share most of their classes. */
  private static final Map<String, ClassImage> READ = new ConcurrentHashMap<>();

  /**
   * The class file that this program runs, read once.
   *
   * @param name internal name, such as {@code io/gradzoo/jobs/Job}
   */
  static ClassImage of(String name) {
    return READ.computeIfAbsent(name, ClassImage::read);
  }

  private static ClassImage read(String name) {
    try (InputStream in = ClassImage.class.getResourceAsStream("/" + name + ".class")) {
      if (in == null) {
        throw new IllegalStateException(name + ": its class file is not where its class is");
      }
      return of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The image of a class file. */
  static ClassImage of(byte[] file) {
    ClassWriter written = new ClassWriter(0);
    References references = new References();
    new ClassReader(file).accept(new UsesOnly(written, references), ClassReader.SKIP_DEBUG);
    return new ClassImage(written.toByteArray(), references.names);
  }

  /** Collects names of our classes and changes none. */
  private static final class References extends Remapper {
    private final SortedSet<String> names = new TreeSet<>();

    @Override
    public String map(String name) {
      if (name.startsWith(OURS)) {
        names.add(name);
      }
      return name;
    }
  }

  /**
   * Leaves out who is nested in whom: a class does not depend on the class around it, unless its
   * code says so.
   */
  private static final class UsesOnly extends ClassRemapper {
    UsesOnly(ClassVisitor next, Remapper references) {
      super(Opcodes.ASM9, next, references);
    }

    @Override
    public void visitInnerClass(String name, String outer, String inner, int access) {}

    @Override
    public void visitOuterClass(String owner, String name, String descriptor) {}

    @Override
    public void visitNestHost(String host) {}

    @Override
    public void visitNestMember(String member) {}
  }
}
