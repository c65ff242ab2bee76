package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.editing.EditScore;
import io.gradzoo.jobs.finetune.Descent.Course;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Rows of a comparison for SGD and Adam: for every number of epochs the learning rate that does
 * best on the tuning members after so many, by their mean objective on the test images. That these
 * are the images of the comparison favours descent.
 *
 * @param l1 weight of ‖θ‖₁ in the objective
 * @param plan what is run
 */
record DescentRows(JavaSparkContext spark, ImageSupply images, double l1, DescentPlan plan) {

  /**
   * What is run.
   *
   * @param what stands before each row's name
   * @param measured epochs after which networks are measured, rising
   */
  record DescentPlan(String what, List<OptimizerKind> rules, List<Integer> measured) {
    /** In place of a pass. */
    static DescentPlan alone(List<Integer> measured) {
      return new DescentPlan("", List.of(OptimizerKind.SGD, OptimizerKind.ADAM), measured);
    }

    /** After a pass. */
    static final DescentPlan AFTER_A_PASS =
        new DescentPlan("one pass, then ", List.of(OptimizerKind.SGD), List.of(1, 5));
  }

  /**
   * Runs descent.
   *
   * @param tuning members that choose the rates
   * @param members to start from, in the order of {@code before}
   * @param before what they are as they are
   */
  List<EditScore> rows(List<Example> tuning, List<Example> members, List<NetworkMeasures> before) {
    List<EditScore> rows = new ArrayList<>();
    for (OptimizerKind rule : plan.rules) {
      List<Descent> grid = Descent.grid(rule, plan.measured);
      List<Course> tried = run(tuning, grid);
      List<Descent> best = new ArrayList<>();
      for (int e = 0; e < plan.measured.size(); e++) {
        best.add(best(grid, tried, e));
      }
      Map<Descent, List<Course>> courses =
          run(members, best.stream().distinct().toList()).stream()
              .collect(Collectors.groupingBy(Course::descent));
      for (int e = 0; e < best.size(); e++) {
        rows.add(row(rule, e, grid.size(), members, before, courses.get(best.get(e))));
      }
    }
    return rows;
  }

  private EditScore row(
      OptimizerKind rule,
      int epochs,
      int settings,
      List<Example> members,
      List<NetworkMeasures> before,
      List<Course> courses) {
    Map<String, Course> byMember =
        courses.stream().collect(Collectors.toMap(Course::memberId, Function.identity()));
    List<NetworkMeasures> after = new ArrayList<>();
    double seconds = 0;
    for (Example member : members) {
      Course course = byMember.get(member.id());
      after.add(course.after().get(epochs));
      seconds += course.secondsPerEpoch() * plan.measured.get(epochs) / members.size();
    }
    int count = plan.measured.get(epochs);
    String name =
        String.format(
            Locale.ROOT,
            "%s%s, %d %s",
            plan.what,
            rule == OptimizerKind.SGD ? "SGD" : "Adam",
            count,
            count == 1 ? "epoch" : "epochs");
    return EditScore.of(name, before, after, settings, seconds);
  }

  private static Descent best(List<Descent> grid, List<Course> tried, int epochs) {
    return grid.stream()
        .min(Comparator.comparingDouble(descent -> meanObjective(descent, tried, epochs)))
        .orElseThrow();
  }

  /** Infinite if one of the networks came to nothing. */
  private static double meanObjective(Descent descent, List<Course> tried, int epochs) {
    return tried.stream()
        .filter(course -> course.descent().equals(descent))
        .mapToDouble(
            course ->
                course.after().get(epochs) == null
                    ? Double.POSITIVE_INFINITY
                    : course.after().get(epochs).objective())
        .average()
        .orElseThrow();
  }

  private List<Course> run(List<Example> members, List<Descent> descents) {
    List<Tuple2<Example, Descent>> all = new ArrayList<>();
    for (Descent descent : descents) {
      members.forEach(member -> all.add(new Tuple2<>(member, descent)));
    }
    ImageSupply shown = images;
    double weight = l1;
    return spark
        .parallelize(all, all.size())
        .map(each -> each._2.run(each._1, weight, shown))
        .collect();
  }
}
