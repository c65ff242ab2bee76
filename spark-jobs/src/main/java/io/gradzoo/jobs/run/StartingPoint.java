package io.gradzoo.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FilePlace;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A checkpoint of one training that another one starts from.
 *
 * @param place of its file
 */
public record StartingPoint(String place, CheckpointFile file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the checkpoint in a file, or the last one of a run directory.
   *
   * @throws RuntimeException one that is faulty, exit code 3, if there is none, or it is damaged
   */
  public static StartingPoint read(String path) {
    FilePlace place = FilePlace.of(path);
    if (place.isFolder()) {
      RunDirectory run = new RunDirectory(path);
      String file = run.place(RunDirectory.CHECKPOINT);
      return new StartingPoint(file, CheckpointFile.parse(file, run.read(RunDirectory.CHECKPOINT)));
    }
    if (!place.isFile()) {
      throw GradzooException.data(
          Fault.of("checkpoint")
              .at(path)
              .expected("a run directory or a checkpoint's file")
              .found("none")
              .fix("name one that gradzoo train wrote"));
    }
    return new StartingPoint(path, CheckpointFile.parse(path, place.bytes()));
  }

  /**
   * What {@link RunDirectory#STARTED_FROM} says of a training that starts here.
   *
   * @param here what that training depends on
   */
  public byte[] provenance(TrainingIdentity here) {
    ObjectNode root = JSON.createObjectNode();
    root.put("checkpoint", place);
    root.put("sha256", file.sha256());
    root.put("round", file.round());
    ObjectNode own = root.putObject("training");
    file.identity().ifPresent(identity -> identity.metadata().forEach(own::put));
    var differences = root.putArray("differences");
    file.identity()
        .map(identity -> identity.differences(here))
        .orElse(List.of())
        .forEach(differences::add);
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
