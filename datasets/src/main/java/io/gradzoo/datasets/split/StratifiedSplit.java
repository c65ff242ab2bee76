package io.gradzoo.datasets.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides runs so that every stratum has the shares of the whole, to rounding: of n runs, in the
 * order of their {@link RunSplit#position}, the first round(n · train) are for training, those up
 * to round(n · (train + validation)) for validation, the rest for testing. Unlike hashing alone, a
 * run that is added may move others of its stratum.
 */
public final class StratifiedSplit {
  private StratifiedSplit() {}

  /**
   * Divides them.
   *
   * @param shares with the seed of the positions
   * @param strata the stratum of each run, by its id
   * @return the split of each run, by its id
   */
  public static Map<String, Split> of(RunSplit shares, Map<String, String> strata) {
    Map<String, List<String>> runs = new TreeMap<>();
    strata.forEach(
        (run, stratum) -> runs.computeIfAbsent(stratum, each -> new ArrayList<>()).add(run));
    Map<String, Split> divided = new HashMap<>();
    for (List<String> stratum : runs.values()) {
      stratum.sort(
          Comparator.comparingDouble((String run) -> RunSplit.position(shares.seed(), run))
              .thenComparing(run -> run));
      long train = Math.round(stratum.size() * shares.trainShare());
      long validation =
          Math.round(stratum.size() * (shares.trainShare() + shares.validationShare()));
      for (int i = 0; i < stratum.size(); i++) {
        divided.put(
            stratum.get(i),
            i < train ? Split.TRAIN : i < validation ? Split.VALIDATION : Split.TEST);
      }
    }
    return divided;
  }
}
