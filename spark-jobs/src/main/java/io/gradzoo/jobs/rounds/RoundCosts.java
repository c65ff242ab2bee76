package io.gradzoo.jobs.rounds;

import java.util.Locale;

/**
 * What rounds on Spark took.
 *
 * @param rounds that were made
 * @param seconds from the beginning to the end of each, together
 * @param taskSeconds that tasks ran, together
 * @param slots tasks that can run side by side
 */
public record RoundCosts(int rounds, double seconds, double taskSeconds, int slots) {

  /** Seconds that the tasks would take if they shared all slots evenly: the compute of a round. */
  public double computePerRound() {
    return rounds == 0 ? 0 : taskSeconds / slots / rounds;
  }

  /** Seconds of a round beyond that: scheduling, broadcast, averaging, slots that wait. */
  public double beyondPerRound() {
    return rounds == 0 ? 0 : seconds / rounds - computePerRound();
  }

  /** In words. */
  public String words() {
    double perRound = rounds == 0 ? 0 : seconds / rounds;
    return String.format(
        Locale.ROOT,
        "%d rounds of %.3f s, of which %.3f s (%.0f %%) beyond their compute on %d slots",
        rounds,
        perRound,
        beyondPerRound(),
        perRound == 0 ? 0 : 100 * beyondPerRound() / perRound,
        slots);
  }
}
