package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The eight members of four runs, with something wrong about one of them. */
class MemberAuditTest {
  private static final String ONE = "r000002-e001";

  @TempDir static Path folder;
  private static JobRun run;
  private static Dataset<Row> rows;

  @BeforeAll
  static void make() {
    run =
        JobRun.in(
            folder,
            "zoo.runs=4",
            "zoo.architectures=[\"64:dense8:dense10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[0, 1]");
    run.run(new ZooGeneration());
    rows = run.rows(MembersTable.SCHEMA).cache();
  }

  @Test
  void theRowsThatWereMadePass() {
    MemberAudit audit = MemberAudit.of(run.context(), rows);

    assertThat(audit.members()).isEqualTo(8);
    assertThat(audit.lost()).isZero();
    assertThat(audit.bytes()).isGreaterThan(8 * 4 * 610);
  }

  @Test
  void aMissingMemberAndOneTwiceAreFound() {
    assertThat(refused(rows.where(col(MembersTable.MEMBER_ID).notEqual(ONE))))
        .contains("expected 8 members, each once, found 7 rows of 7 members");
    Column twice = when(is(ONE), lit("r000001-e000")).otherwise(col(MembersTable.MEMBER_ID));
    assertThat(refused(rows.withColumn(MembersTable.MEMBER_ID, twice)))
        .contains("found 8 rows of 7 members");
  }

  @Test
  void otherWeightsThanTheirHashAreFound() {
    assertThat(
            refused(changed(MembersTable.PARAMETERS, expr("transform(parameters, x -> x + 1f)"))))
        .contains("member " + ONE + ": expected weights of SHA-256");
    assertThat(refused(changed(MembersTable.PARAMETERS, expr("slice(parameters, 1, 9)"))))
        .contains(ONE + ": expected 610 parameters");
    assertThat(
            refused(
                changed(MembersTable.PARAMETERS, expr("transform(parameters, x -> float('NaN'))"))))
        .contains(ONE + ": expected finite parameters");
  }

  @Test
  void aWrongAccuracyOrLossIsFound() {
    assertThat(refused(changed(MembersTable.TEST_ACCURACY, expr("test_accuracy + 0.01"))))
        .contains("member " + ONE + ": expected the test accuracy");
    assertThat(refused(changed(MembersTable.TEST_LOSS, expr("test_loss * 1.01"))))
        .contains("member " + ONE + ": expected the test loss");
  }

  @Test
  void aLostMemberHasAReasonAndNoWeights() {
    Dataset<Row> lost = changed(MembersTable.STATUS, lit("diverged"));
    JobRun lenient = run.with("zoo.max-failure-share=0.5");

    assertThat(refused(lenient, lost)).contains("expected no weights, since it is not ok");
    Column none = when(is(ONE), lit(null)).otherwise(col(MembersTable.PARAMETERS));
    assertThat(refused(lenient, lost.withColumn(MembersTable.PARAMETERS, none)))
        .contains("expected the reason why it is not ok");
    Column why = when(is(ONE), lit("it had to")).otherwise(col(MembersTable.REASON));
    Dataset<Row> ledger =
        lost.withColumn(MembersTable.PARAMETERS, none).withColumn(MembersTable.REASON, why);
    assertThat(MemberAudit.of(lenient.context(), ledger).lost()).isEqualTo(1);
    assertThat(refused(run, ledger))
        .contains("at most 5.0 % of the members of tiny", "1 of 8, the first because it it had to");
  }

  private static Column is(String member) {
    return col(MembersTable.MEMBER_ID).equalTo(member);
  }

  private static Dataset<Row> changed(String column, Column value) {
    return rows.withColumn(column, when(is(ONE), value).otherwise(col(column)));
  }

  private static String refused(Dataset<Row> wrong) {
    return refused(run, wrong);
  }

  private static String refused(JobRun audited, Dataset<Row> wrong) {
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class, () -> MemberAudit.of(audited.context(), wrong));
    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    return e.getMessage();
  }
}
