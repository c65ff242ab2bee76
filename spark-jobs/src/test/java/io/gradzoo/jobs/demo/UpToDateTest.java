package io.gradzoo.jobs.demo;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.curvature.Study;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.finetune.RunEvaluation;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artefacts without content, but with the hashes and code versions that are compared. */
class UpToDateTest {
  private static final String OTHER = "0123456789abcdef";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void whatThisCodeMadeFromTheseSettingsIsUpToDate() throws IOException {
    JobRun run = run();
    writeTables(run, ZooGeneration.codeVersion());
    writeModel(run, modelCode(run));
    writeEvaluation(run, evaluationCode(run));
    writeStudy(run, CurvatureStudy.codeVersion(run.context()));

    for (OtherCodePolicy rule : OtherCodePolicy.values()) {
      assertThat(Standing.of(run, rule)).isEqualTo(Standing.of(true));
    }
  }

  @Test
  void whatOtherCodeMadeFromThemIsReusedOnlyByThatRule() throws IOException {
    JobRun run = run();
    writeTables(run, OTHER);
    writeModel(run, OTHER);
    writeEvaluation(run, OTHER);
    writeStudy(run, OTHER);

    assertThat(Standing.of(run, OtherCodePolicy.REMAKE).members).isFalse();
    assertThat(Standing.of(run, OtherCodePolicy.REPLACE))
        .isEqualTo(new Standing(false, true, false));
    assertThat(Standing.of(run, OtherCodePolicy.REUSE)).isEqualTo(Standing.of(true));
  }

  @Test
  void setsOfOtherCodeThanTheirMembersAreMadeAgain() throws IOException {
    JobRun run = run();
    write(run, MembersTable.SCHEMA, hash(run), ZooGeneration.codeVersion());
    write(run, GradientSetsTable.SCHEMA, gradientsHash(run), OTHER);

    Standing standing = Standing.of(run, OtherCodePolicy.REMAKE);
    assertThat(standing.members).isTrue();
    assertThat(standing.sets).isFalse();
  }

  @Test
  void whatWasMadeOfOtherMembersIsNeverReused() throws IOException {
    JobRun run = run();
    writeTables(run, ZooGeneration.codeVersion());
    writeModel(run, modelCode(run));
    writeEvaluation(run, evaluationCode(run));
    writeStudy(run, CurvatureStudy.codeVersion(run.context()));

    run.store()
        .write(
            JobRun.ZOO,
            MembersTable.SCHEMA,
            oneMember(),
            TableProperties.of(hash(run), ZooGeneration.codeVersion()));

    assertThat(Standing.of(run, OtherCodePolicy.REUSE)).isEqualTo(new Standing(true, true, false));
  }

  @Test
  void anEvaluationOfAModelOfOtherCodeIsOfOtherCode() throws IOException {
    JobRun run = run();
    writeTables(run, ZooGeneration.codeVersion());
    writeModel(run, modelCode(run));
    writeEvaluation(run, evaluationCode(run));
    assertThat(
            new UpToDate(run.context(), OtherCodePolicy.REMAKE)
                .evaluation(directory(run), model(run)))
        .isTrue();

    writeModel(run, OTHER);

    assertThat(
            new UpToDate(run.context(), OtherCodePolicy.REMAKE)
                .evaluation(directory(run), model(run)))
        .isFalse();
  }

  @Test
  void anEvaluationOfAModelThatChangesNetworksIsNotWholeWithoutItsComparison() throws IOException {
    JobRun run =
        JobRun.in(
            folder,
            "models.m={kind=scalegmn, members=mlp, task=fine_tuning,"
                + " scalegmn.head=parameter_products}");
    write(run, MembersTable.SCHEMA, hash(run), ZooGeneration.codeVersion());
    writeModel(run, modelCode(run));
    writeEvaluation(run, evaluationCode(run));
    UpToDate standing = new UpToDate(run.context(), OtherCodePolicy.REMAKE);
    assertThat(standing.evaluation(directory(run), model(run))).isFalse();

    writeComparison(run, RunEvaluation.codeVersion(evaluationCode(run)));
    assertThat(standing.evaluation(directory(run), model(run))).isTrue();
    writeComparison(run, OTHER);
    assertThat(standing.evaluation(directory(run), model(run))).isFalse();
  }

  @Test
  void otherSettingsAreNeverReused() throws IOException {
    JobRun run = run();
    writeTables(run, OTHER);
    writeModel(run, OTHER);
    writeStudy(run, OTHER);

    assertThat(Standing.of(run.with("seed=77"), OtherCodePolicy.REUSE))
        .isEqualTo(Standing.of(false));
  }

  @Test
  void settingsThatChangeNoErrorLeaveAStudyUpToDate() throws IOException {
    JobRun run = run();
    writeTables(run, ZooGeneration.codeVersion());
    writeStudy(run, CurvatureStudy.codeVersion(run.context()));

    assertThat(study(run.with("gradients.members-per-task=3"))).isTrue();
    assertThat(study(run.with("study.seeds=7"))).isFalse();
    Files.writeString(
        CurvatureStudy.directory(run.config()).path().resolve(RunDirectory.CONFIG), "{");
    assertThat(study(run)).isFalse();
  }

  @Test
  void aLineSaysWhyItIsMadeAgain() throws IOException {
    JobRun run = run();
    writeTables(run, OTHER);

    assertThat(said(run, OtherCodePolicy.REMAKE))
        .containsExactly("tiny.members: made by other code than this, made again");
    assertThat(said(run, OtherCodePolicy.REUSE))
        .containsExactly("tiny.members: made by other code than this, reused");
    writeTables(run, ZooGeneration.codeVersion());
    assertThat(said(run, OtherCodePolicy.REMAKE)).containsExactly("tiny.members: up to date");
    assertThat(said(run.with("seed=77"), OtherCodePolicy.REMAKE)).isEmpty();
  }

  private static boolean study(JobRun run) {
    return new UpToDate(run.context(), OtherCodePolicy.REMAKE)
        .study(CurvatureStudy.directory(run.config()));
  }

  private static List<String> said(JobRun run, OtherCodePolicy rule) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JobContext context =
        run.context(Progress.to(new PrintStream(out, true, StandardCharsets.UTF_8)));
    new UpToDate(context, rule).members();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** What is up to date. */
  private record Standing(boolean members, boolean sets, boolean others) {
    static Standing of(boolean all) {
      return new Standing(all, all, all);
    }

    static Standing of(JobRun run, OtherCodePolicy rule) {
      UpToDate standing = new UpToDate(run.context(), rule);
      boolean model = standing.model(directory(run), model(run));
      assertThat(standing.study(CurvatureStudy.directory(run.config()))).isEqualTo(model);
      return new Standing(standing.members(), standing.gradientSets(), model);
    }
  }

  private JobRun run() {
    return JobRun.of(Path.of("../conf/curvature-small.conf"), folder).with("zoo.name=tiny");
  }

  private static ModelConfig model(JobRun run) {
    return run.config().models().values().iterator().next();
  }

  /** A healthy member without weights. */
  private static Dataset<Row> oneMember() {
    Map<String, String> values =
        Map.of(
            "member_id", "r0-e0",
            "run_id", "r0",
            "architecture", "sine1:1:dense4:dense1",
            "family", "mlp",
            "status", "ok");
    return SharedSession.get()
        .range(1)
        .select(
            Arrays.stream(MembersTable.SCHEMA.columns().fields())
                .map(f -> lit(values.get(f.name())).cast(f.dataType()).as(f.name()))
                .toArray(Column[]::new));
  }

  private static MemberSplits members(JobRun run) {
    return new TaskExamples(run.store(), run.config(), model(run)).members();
  }

  private static RunDirectory directory(JobRun run) {
    return run.directory(model(run).name());
  }

  private static String hash(JobRun run) {
    return run.config().effective().zooHash();
  }

  private static String gradientsHash(JobRun run) {
    return run.config().effective().gradientsHash();
  }

  private static String modelCode(JobRun run) {
    return TrainingJob.codeVersion(run.store(), run.config(), model(run));
  }

  private static String evaluationCode(JobRun run) {
    return EvaluationJob.codeVersion(run.context(), directory(run), model(run));
  }

  /** Members of that code, and the sets that this code would take of them. */
  private static void writeTables(JobRun run, String code) {
    write(run, MembersTable.SCHEMA, hash(run), code);
    String sets = GradientComputation.codeVersion(run.context(), JobRun.ZOO);
    write(run, GradientSetsTable.SCHEMA, gradientsHash(run), sets);
  }

  private static void write(JobRun run, TableSchema schema, String hash, String code) {
    run.store()
        .write(
            JobRun.ZOO,
            schema,
            SharedSession.get().createDataFrame(List.of(), schema.columns()),
            TableProperties.of(hash, code));
  }

  private static void writeModel(JobRun run, String code) throws IOException {
    Map<String, String> metadata =
        Map.of(
            "config-hash",
            run.config().effective().modelHash(model(run)),
            "members",
            JSON.writeValueAsString(members(run)),
            "code-version",
            code);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.of(
            new TreeMap<>(metadata), new TreeMap<>(Map.of("x", FloatTensor.of(new float[1]))))
        .write(out);
    write(directory(run), RunDirectory.MODEL, out.toByteArray());
  }

  private static void writeEvaluation(JobRun run, String code) throws IOException {
    write(
        directory(run),
        Evaluation.FILE,
        new Evaluation(2, "", "", "", 0, 0, List.of(), List.of(), members(run), false, code)
            .bytes());
  }

  private static void writeComparison(JobRun run, String code) throws IOException {
    EditComparison comparison = new EditComparison("", "", 0, List.of(), List.of(), code);
    write(directory(run), EditComparison.FILE, comparison.bytes());
  }

  private static void writeStudy(JobRun run, String code) throws IOException {
    RunDirectory study = CurvatureStudy.directory(run.config());
    String json =
        "{\"estimators\": [], \"learners\": [], \"members\": %s, \"code_version\": \"%s\"}"
            .formatted(JSON.writeValueAsString(members(run)), code);
    write(study, Study.FILE, json.getBytes(StandardCharsets.UTF_8));
    write(
        study,
        RunDirectory.CONFIG,
        run.config().effective().json().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(RunDirectory run, String name, byte[] bytes) throws IOException {
    Files.createDirectories(run.path());
    Files.write(run.path().resolve(name), bytes);
  }
}
