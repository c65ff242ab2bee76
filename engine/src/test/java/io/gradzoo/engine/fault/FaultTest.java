package io.gradzoo.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FaultTest {

  @Test
  void aLineSaysWhatFailedWhereWhatWasExpectedAndFoundAndHowToFixIt() {
    Fault fault =
        Fault.of("npy")
            .at("zoo/weights.npy@byte 118")
            .expected("%d bytes", 48)
            .found(28)
            .fix("fetch %s again", "it");

    assertThat(fault.line())
        .isEqualTo(
            "npy: zoo/weights.npy@byte 118: expected 48 bytes, found 28 (fix: fetch it again)");
    assertThat(fault.exception()).hasMessage(fault.line());
    assertThat(fault.exception().faults()).containsExactly(fault);
  }

  @Test
  void whatIsEmptyIsLeftOut() {
    assertThat(Fault.of("study").expected("a model").line()).isEqualTo("study: expected a model");
    assertThat(Fault.of("").expected("a value").found("nothing").line())
        .isEqualTo("expected a value, found nothing");
    assertThat(Fault.of("run").at("a/model").found("cannot be written: no space left").line())
        .isEqualTo("run: a/model: cannot be written: no space left");
    assertThat(Fault.of("report").fix("train").line()).isEqualTo("report (fix: train)");
  }

  @Test
  void placesStandOneWithinTheOther() {
    assertThat(Fault.of("read").at("zoo").at("member %s", "r7").found("lost").line())
        .isEqualTo("read: zoo: member r7: lost");
  }

  @Test
  void hostileTextStaysOnOneLineAndLeavesTheTerminalAlone() {
    String hostile = "a\nb\r\u0085c\u2028d\u2029\u001b[31m\u202e\u0000\ud800\t";

    Fault fault = new Fault(hostile, hostile, hostile, hostile, hostile);

    assertThat(fault.line().lines()).hasSize(1);
    assertThat(fault.line().codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    assertThat(fault.what()).startsWith("a\uFFFDb\uFFFD\uFFFDc");
  }

  @Test
  void textOfAnyScriptIsShownAsItIs() {
    String text = "зоо/モデル 🧠 é…∞";

    assertThat(Fault.of("run").at(text).where()).isEqualTo(text);
  }

  @Test
  void textThatNobodyReadsToItsEndIsCut() {
    Fault fault = Fault.of("npy").found("😀".repeat(1_000_000)).fix("fetch it again");

    assertThat(fault.found()).hasSize(OneLine.LONGEST).endsWith("…");
    assertThat(fault.line()).endsWith(" (fix: fetch it again)");
    assertThat(OneLine.of("x".repeat(OneLine.LONGEST))).doesNotContain("…");
  }

  @Test
  void aPercentSignInAValueIsNoFormat() {
    Fault fault = Fault.of("run").at("100%s").expected("50%").found("%d%n").fix("%");

    assertThat(fault.line()).isEqualTo("run: 100%s: expected 50%, found %d%n (fix: %)");
  }

  @Test
  void numbersReadTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Fault.of("a").found("%.1f", 0.5).found()).isEqualTo("0.5");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aFaultWithinAnotherKeepsItsPartsAndTheOuterFix() {
    Fault inner = Fault.of("gradient set").at("layer 1").expected("1").found("2").fix("inner");
    Fault outer = Fault.of("predict").at("member r7");

    assertThat(outer.because(inner.exception()).line())
        .isEqualTo("predict: member r7: gradient set: layer 1: expected 1, found 2 (fix: inner)");
    assertThat(outer.fix("outer").because(inner.exception()).fix()).isEqualTo("outer");
  }

  @Test
  void anyOtherFailureGivesTheFirstLineOfItsMessageAsTheReason() {
    Fault fault = Fault.of("spark");

    assertThat(fault.because(new IllegalStateException(" lost\nat …")).line())
        .isEqualTo("spark: lost");
    assertThat(fault.because(new IllegalStateException()).line())
        .isEqualTo("spark: java.lang.IllegalStateException");
  }
}
