package io.gradzoo.engine.kernel;

import java.util.List;

/**
 * Writes {@link GemmBlocks}. Every block is the same program for another number of rows and
 * vectors, and each sum is a local variable of its own: C2 keeps vectors in registers only if they
 * are neither in an array nor cross a loop or a call.
 */
final class GemmBlocksSource {
  private static final String HEADER =
      """
      package io.gradzoo.engine.kernel;

      import jdk.incubator.vector.FloatVector;
      import jdk.incubator.vector.VectorSpecies;

      /**
       * The innermost products: a block of C stays in registers while the whole depth passes by.
       *
       * <p>C[r, j] = start[r, j] + Σₚ A(r, p) · B[p, j], each sum in the order of p with one rounding per
       * term, so a result does not depend on which block computes it. A(r, p) lies at {@code ao + r ·
       * rowStep + p · depthStep}, which covers A and Aᵀ. Rows past the last repeat it, and the second of
       * two vectors may overlap the first. Both write the same bits twice: every start is read before any
       * result is written, so {@code start} may be {@code c}.
       *
       * <p>Vectors are local variables throughout: they must not cross a call that may not be inlined. So
       * the blocks repeat each other; {@code GemmBlocksTest} writes this file ({@code GemmBlocksSource}).
       */
      final class GemmBlocks {
        /** Rows of a block, but of a tall one. */
        static final int ROWS = 6;

        /** Rows of a block of one vector: with fewer, its products would wait for their own sums. */
        static final int TALL = 12;

        /** Rows of a whole block of two vectors. */
        static final int WHOLE = 8;

        private static final VectorSpecies<Float> S = Lanes.SPECIES;
        private static final int L = Lanes.COUNT;

        private GemmBlocks() {}
      """;

  /** Where A lies. */
  private enum A {
    /** Anywhere: steps between rows and along the depth. */
    STRIDED("int rowStep,int depthStep"),
    /** In rows whose numbers are adjacent. */
    ROW_MAJOR("int lda"),
    /** In columns whose numbers are adjacent. */
    COLUMN_MAJOR("int lda");

    private final String steps;

    A(String steps) {
      this.steps = steps;
    }
  }

  /**
   * A method.
   *
   * @param rows of C, or the most of them
   * @param columns of the vectors, from C's first on; empty for the first
   */
  private record Block(String name, String comment, int rows, List<String> columns, A a) {
    /** Whether it has all of its rows always. */
    boolean whole() {
      return name.startsWith("whole");
    }
  }

  private static final List<Block> BLOCKS =
      List.of(
          new Block(
              "fourVectors",
              "/** Four adjacent vectors. */",
              6,
              List.of("", "L", "2 * L", "3 * L"),
              A.STRIDED),
          new Block(
              "fourVectorsOfRows",
              """
              /**
               * Four adjacent vectors, where the numbers of a row of A are adjacent: C2 checks the bounds of
               * every row once, before the loop, and its general registers suffice. Otherwise it keeps indices
               * in vector registers, in some runs, and a product is slower by a third.
               */""",
              6,
              List.of("", "L", "2 * L", "3 * L"),
              A.ROW_MAJOR),
          new Block(
              "twoVectors",
              """
              /**
               * @param second the column of the second vector: at most one vector from the first
               */""",
              6,
              List.of("", "second"),
              A.STRIDED),
          new Block(
              "wholeOfRows",
              "/** Two adjacent vectors, {@link #WHOLE} rows: numbers of a row of A are adjacent. */",
              8,
              List.of("", "L"),
              A.ROW_MAJOR),
          new Block(
              "wholeOfColumns",
              "/** Two adjacent vectors, {@link #WHOLE} rows: numbers of a column of A are adjacent. */",
              8,
              List.of("", "L"),
              A.COLUMN_MAJOR),
          new Block("oneVector", "/** One vector. */", 6, List.of(""), A.STRIDED),
          new Block(
              "tall", "/** One vector, up to {@link #TALL} rows. */", 12, List.of(""), A.STRIDED));

  private final StringBuilder source = new StringBuilder(HEADER);

  private GemmBlocksSource() {}

  /** The text of the file. */
  static String text() {
    GemmBlocksSource file = new GemmBlocksSource();
    BLOCKS.forEach(file::add);
    return file.source.append("}\n").toString();
  }

  private void add(Block block) {
    source.append("\n").append(block.comment().indent(2));
    line(2, "static void %s(".formatted(block.name()));
    line(6, "%s) {".formatted(String.join(",\n      ", parameters(block))));
    for (int r = 1; r < block.rows() && !block.whole(); r++) {
      boolean last = r == block.rows() - 1;
      line(
          4, (last ? "int r%d = rows - 1;" : "int r%1$d = Math.min(%1$d, rows - 1);").formatted(r));
    }
    each(
        block,
        (r, v) ->
            line(
                4,
                "FloatVector %s = FloatVector.fromArray(S, start, so%s%s);"
                    .formatted(
                        sum(block, r, v), row(block, r, "lds"), plus(block.columns().get(v)))));
    for (int r = 1; r < block.rows() && block.a() != A.COLUMN_MAJOR; r++) {
      line(
          4,
          block.a() == A.STRIDED
              ? "int a%1$d = r%1$d * rowStep;".formatted(r)
              : "int a%d = ao%s;".formatted(r, row(block, r, "lda")));
    }
    if (block.a() != A.ROW_MAJOR) {
      line(4, "int ap = ao;");
    }
    line(4, "int bp = bo;");
    line(4, "for (int p = 0; p < depth; p++) {");
    multiply(block);
    if (block.a() != A.ROW_MAJOR) {
      line(6, "ap += %s;".formatted(block.a() == A.STRIDED ? "depthStep" : "lda"));
    }
    line(6, "bp += ldb;");
    line(4, "}");
    each(
        block,
        (r, v) ->
            line(
                4,
                "%s.intoArray(c, co%s%s);"
                    .formatted(
                        sum(block, r, v), row(block, r, "ldc"), plus(block.columns().get(v)))));
    line(2, "}");
  }

  private static List<String> parameters(Block block) {
    String all =
        (block.whole() ? "" : "int rows,")
            + "int depth,float[] a,int ao,"
            + block.a().steps
            + ",float[] b,int bo,int ldb,float[] start,int so,int lds,float[] c,int co,int ldc"
            + (block.columns().contains("second") ? ",int second" : "");
    return List.of(all.split(",", -1));
  }

  private void multiply(Block block) {
    List<String> columns = block.columns();
    for (int v = 0; v < columns.size(); v++) {
      line(
          6,
          "FloatVector b%d = FloatVector.fromArray(S, b, bp%s);"
              .formatted(v, plus(columns.get(v))));
    }
    for (int r = 0; r < block.rows(); r++) {
      String value = "FloatVector.broadcast(S, a[%s])".formatted(place(block, r));
      if (columns.size() == 1) {
        line(6, "%1$s = %2$s.fma(b0, %1$s);".formatted(sum(block, r, 0), value));
        continue;
      }
      line(6, "%sx = %s;".formatted(r == 0 ? "FloatVector " : "", value));
      for (int v = 0; v < columns.size(); v++) {
        line(6, "%1$s = x.fma(b%2$d, %1$s);".formatted(sum(block, r, v), v));
      }
    }
  }

  private static String place(Block block, int r) {
    if (block.a() == A.ROW_MAJOR) {
      return r == 0 ? "ao + p" : "a" + r + " + p";
    }
    String row = block.a() == A.STRIDED ? "a" + r : Integer.toString(r);
    return r == 0 ? "ap" : "ap + " + row;
  }

  private static String sum(Block block, int r, int v) {
    return block.columns().size() == 1 ? "c" + r : "c" + r + v;
  }

  private static String row(Block block, int r, String step) {
    if (r < 2 && block.whole()) {
      return r == 0 ? "" : " + " + step;
    }
    return r == 0 ? "" : " + " + (block.whole() ? "" : "r") + r + " * " + step;
  }

  private static String plus(String column) {
    return column.isEmpty() ? "" : " + " + column;
  }

  /** Takes a row and a vector. */
  @FunctionalInterface
  private interface Cell {
    void at(int row, int vector);
  }

  private static void each(Block block, Cell cell) {
    for (int r = 0; r < block.rows(); r++) {
      for (int v = 0; v < block.columns().size(); v++) {
        cell.at(r, v);
      }
    }
  }

  private void line(int indent, String text) {
    source.append(" ".repeat(indent)).append(text).append("\n");
  }
}
