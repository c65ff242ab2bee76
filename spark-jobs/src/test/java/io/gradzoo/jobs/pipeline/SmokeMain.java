package io.gradzoo.jobs.pipeline;

import io.gradzoo.jobs.config.*;
import io.gradzoo.jobs.table.*;
import io.gradzoo.jobs.session.*;
import io.gradzoo.jobs.zoo.*;
import io.gradzoo.jobs.gradients.*;
import io.gradzoo.jobs.training.*;
import io.gradzoo.jobs.evaluation.*;
import io.gradzoo.jobs.StageListener;
import java.nio.file.Path;
import java.util.*;
import org.apache.spark.sql.SparkSession;

public class SmokeMain {
  public static void main(String[] a) throws Exception {
    List<String> sets = new ArrayList<>(Arrays.asList(a));
    String dir = sets.remove(0);
    Set<String> stages = new HashSet<>(List.of(sets.remove(0).split(",")));
    sets.add("storage.warehouse=" + dir + "/warehouse"); sets.add("storage.runs=" + dir + "/runs");
    GradzooConfig config = ConfigLayers.of(Path.of("/work/main/conf/digits.conf"), sets.toArray(new String[0])).load();
    SparkSession session = Sessions.open("smoke", dir + "/warehouse");
    session.sparkContext().setLogLevel("ERROR");
    TableStore store = TableStores.iceberg(session, dir + "/warehouse");
    StageListener l = (d, t, s) -> System.out.println("   " + d + "/" + t + " " + s);
    long t0 = System.nanoTime();
    if (stages.contains("zoo")) new ZooGeneration(store, config, l).run();
    System.out.printf("zoo %.1f s%n", (System.nanoTime() - t0) * 1e-9); t0 = System.nanoTime();
    if (stages.contains("gradients")) new GradientComputation(store, config, l).run();
    System.out.printf("gradients %.1f s%n", (System.nanoTime() - t0) * 1e-9);
    for (ModelConfig m : config.models().values()) {
      if (!stages.contains(m.name())) continue;
      t0 = System.nanoTime();
      RunDirectory run = new TrainingJob(store, config, m, l).run();
      System.out.printf("%s %.1f s%n", m.name(), (System.nanoTime() - t0) * 1e-9); t0 = System.nanoTime();
      if (!stages.contains("evaluate")) continue;
      Evaluation e = new EvaluationJob(store, run, l).run();
      for (Score s : e.scores()) System.out.println(s);
      System.out.println("train " + e.trainMembers() + " val " + e.validationMembers() + " test " + e.predictions().size());
      System.out.printf("evaluate %.1f s%n", (System.nanoTime() - t0) * 1e-9);
    }
  }
}
