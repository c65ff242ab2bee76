package io.gradzoo.jobs.finetune;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.finetune.FineTunedFile.WrittenForm;
import io.gradzoo.jobs.published.NetworkFile;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.zoo.ShownImages;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: a trained model changes the network of one file, and what it becomes is another file with
 * the same tensors: those of a file of tensors under its names, those of a model of layers (ONNX,
 * DL4J) as {@code 0.weight}, {@code 0.bias} and so on, [out, in] or [out, in, kernel, kernel]. The
 * file that is read stays as it is.
 */
public final class FileFineTuning implements Job<FineTunedFile> {
  private final RunDirectory run;
  private final NetworkPaths files;
  private final NetworkFormat format;
  private final EditRule rule;

  /**
   * Where a network comes from and goes to.
   *
   * @param network file on this machine, in a format that its name says
   * @param out file to make, in .npz or .safetensors
   * @param architecture of the network, where its file does not say it
   */
  public record NetworkPaths(Path network, Path out, Optional<String> architecture) {}

  /**
   * @param run of a trained model
   * @param rule how far the network goes, and whether it stays as it is
   * @throws GradzooException exit code 2 if a name says no format
   */
  public FileFineTuning(RunDirectory run, NetworkPaths files, EditRule rule) {
    this.run = run;
    this.files = files;
    this.format = format(files.network());
    NewNetworkFile.format(files.out());
    this.rule = rule;
  }

  /**
   * Changes and writes.
   *
   * @throws io.gradzoo.datasets.DataException if the file is damaged or holds no such network
   * @throws GradzooException exit code 2 if the model changes no networks; 3 if the network does
   *     not fit the model, or something stands where the result goes
   */
  @Override
  public FineTunedFile run(JobContext context) {
    OperatorRun operator = OperatorRun.load(run, context);
    rule.require(operator.editing());
    try (NewNetworkFile out = NewNetworkFile.begin(files.out())) {
      Place place = Place.of("finetune", files.network());
      NetworkFile network =
          NetworkFile.read(place, format, files.network(), files.architecture().orElse(""));
      operator.requireTrainedOn(files.network(), List.of(network.architecture().id()));
      Operator.Edit edit = edit(context, operator, example(place, network));
      boolean worse = rule.worse(edit);
      boolean changed = rule.changes(edit);
      float[] after = changed ? edit.parameters() : network.parameters();
      out.publish((written, stream) -> network.write(written, after, stream));
      return new FineTunedFile(
          files.network(),
          files.out(),
          new WrittenForm(format, out.format(), network.order(), network.architecture().id()),
          operator.identity(),
          edit.before(),
          edit.after(),
          edit.length(),
          worse,
          changed);
    }
  }

  private Operator.Edit edit(JobContext context, OperatorRun operator, Example network) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    ImageSupply images = ShownImages.ofTest(context, operator.model().config());
    return Operator.of(spark, operator.model(), images)
        .apply(List.of(network), rule, Map.of())
        .get(0);
  }

  private static Example example(Place place, NetworkFile network) {
    for (float parameter : network.parameters()) {
      if (!Float.isFinite(parameter)) {
        throw place.fault("finite weights", Float.toString(parameter), "give another network");
      }
    }
    return new Example(
        place.file(), network.architecture(), ExampleParts.ofWeights(network.parameters()), 0);
  }

  private static NetworkFormat format(Path file) {
    return Arrays.stream(NetworkFormat.values())
        .filter(format -> file.toString().endsWith(format.suffix()))
        .findFirst()
        .orElseThrow(
            () ->
                GradzooException.usage(
                    Fault.of("finetune")
                        .at("--network")
                        .expected(
                            "a name in one of "
                                + Arrays.stream(NetworkFormat.values())
                                    .map(NetworkFormat::suffix)
                                    .toList())
                        .found("\"%s\"", file)));
  }
}
