package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.table.MembersTable.MemberRow;

/**
 * Everything that a gradient set is a function of.
 *
 * @param member the trained network, as its table has it
 * @param architecture of the member
 * @param probe on what
 * @param rule of what
 * @param labelSeed of the labels, if they are sampled
 */
record SetDefinition(
    MemberRow member, Architecture architecture, ProbeSet probe, SignalRule rule, long labelSeed) {

  String memberId() {
    return member.memberId();
  }
}
