package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.split.StableHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.DeadNeurons;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Looks at the rows of many members where they are: all of their weights, and of a sample the
 * accuracies and dead neurons, or how well they represent their images.
 *
 * @param seed that draws the sample
 * @param images that the members were tested on
 * @param represented zoo whose images the members represent; without either the sample is empty
 */
record MemberChecks(long seed, Optional<ZooTestImages> images, Optional<ZooConfig> represented) {
  /** As many ids as a driver can sort. */
  private static final int MOST = 10_000_000;

  /**
   * A member with which something is wrong, or of the sample.
   *
   * @param problem what is wrong; null if nothing is
   * @param sampled whether it is of the sample
   * @param dead neurons of a member of the sample
   * @param psnr of a member of the sample whose image is known, in decibels; else null
   */
  record Looked(
      String memberId, String architecture, Fault problem, boolean sampled, int dead, Double psnr)
      implements Serializable {}

  /**
   * What is found, by member.
   *
   * @param sample how many members are in the sample
   */
  List<Looked> look(Dataset<Row> rows, int sample) {
    Set<String> sampled =
        images.isPresent() || represented.isPresent() ? sample(rows, sample) : Set.of();
    List<Looked> looked =
        new ArrayList<>(
            rows.javaRDD()
                .mapPartitions(
                    new CheckTask(images.orElse(null), represented.orElse(null), sampled))
                .collect());
    looked.sort(Comparator.comparing(Looked::memberId));
    return looked;
  }

  /** Ids of the healthy members that come first by a hash that the seed decides. */
  private Set<String> sample(Dataset<Row> rows, int members) {
    return new HashSet<>(
        rows.where(MembersTable.healthy())
            .select(MembersTable.MEMBER_ID)
            .javaRDD()
            .map(row -> row.getString(0))
            .takeOrdered(Math.min(members, MOST), new SampleOrder(seed)));
  }

  private record SampleOrder(long seed) implements Comparator<String>, Serializable {
    @Override
    public int compare(String a, String b) {
      int order = Long.compare(StableHash.of(seed, a), StableHash.of(seed, b));
      return order == 0 ? a.compareTo(b) : order;
    }
  }

  /** Looks at the rows of one partition. */
  private record CheckTask(ZooTestImages images, ZooConfig represented, Set<String> sampled)
      implements FlatMapFunction<Iterator<Row>, Looked> {
    @Override
    public Iterator<Looked> call(Iterator<Row> rows) {
      MemberCheck check = new MemberCheck();
      FitCheck fits =
          represented == null
              ? null
              : new FitCheck(new RepresentedImages(ZooImages.whole(represented)));
      List<Looked> found = new ArrayList<>();
      while (rows.hasNext()) {
        MemberRow member = MemberRow.of(rows.next());
        Optional<Fault> problem = check.problem(member);
        if (problem.isPresent()) {
          found.add(looked(member, problem, false, 0, null));
        } else if (sampled.contains(member.memberId())) {
          found.add(images == null ? represents(member, fits) : classifies(member, check));
        }
      }
      return found.iterator();
    }

    private Looked classifies(MemberRow member, MemberCheck check) {
      Samples test = images.samples();
      return looked(member, check.scoreProblem(member, test), true, dead(member, test), null);
    }

    private static Looked represents(MemberRow member, FitCheck fits) {
      OptionalInt image = fits.image(member);
      if (image.isEmpty()) {
        return looked(member, Optional.empty(), false, 0, null);
      }
      double psnr = fits.psnr(member, image.getAsInt());
      return looked(member, FitCheck.problem(member, psnr), true, 0, psnr);
    }

    private static Looked looked(
        MemberRow member, Optional<Fault> problem, boolean sampled, int dead, Double psnr) {
      return new Looked(
          member.memberId(),
          member.run().architecture(),
          problem.orElse(null),
          sampled,
          dead,
          psnr);
    }

    private static int dead(MemberRow member, Samples test) {
      return StoredWeights.architecture(member) instanceof LayeredArchitecture layers
          ? DeadNeurons.count(layers, member.weights().parameters(), test)
          : 0;
    }
  }
}
