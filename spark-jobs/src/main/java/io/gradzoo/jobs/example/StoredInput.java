package io.gradzoo.jobs.example;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.table.GradientSetsTable;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Reads what a model reads out of a row of {@code gradient_sets} with the rows of its factors, and
 * the member's weights where they are wanted.
 *
 * @param family of the members
 * @param input what the model reads
 */
record StoredInput(MemberFamily family, GradientInput input) implements Serializable {
  /** Column with the rows of {@code layer_factors}, by layer and sample offset. */
  static final String LAYERS = "layers";

  /**
   * The numbers of a row's member.
   *
   * @throws GradzooException exit code 3, naming the member, if the row holds something else
   */
  float[] of(Row row) {
    List<Row> factors = JavaConverters.seqAsJavaList(row.<Seq<Row>>getAs(LAYERS));
    Architecture architecture = Architectures.parse(row.getAs(GradientSetsTable.ARCHITECTURE));
    float[] numbers;
    try {
      numbers = input.of(family.stored(architecture, row, factors, input.samples()));
    } catch (IllegalArgumentException e) {
      throw GradzooException.data(
          Fault.of("read examples")
              .at("member " + row.<String>getAs(GradientSetsTable.MEMBER_ID))
              .because(e)
              .fix("make the zoo's tables again"),
          e);
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw ExampleSource.fault(row, "finite activations and signals", number);
      }
    }
    return numbers;
  }
}
