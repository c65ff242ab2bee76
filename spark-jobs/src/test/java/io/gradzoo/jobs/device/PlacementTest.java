package io.gradzoo.jobs.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.testing.SharedSession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of where a training runs; GpuPlacementTest runs one on executors. */
class PlacementTest {

  @Test
  void gpusAreNamedAndEachReasonToDoWithoutIsToldOnce() {
    Set<DeviceUse> uses = new LinkedHashSet<>();
    uses.add(new DeviceUse("0 on east", "cuda:1 NVIDIA H200", ""));
    uses.add(new DeviceUse("1 on east", "cuda:0 NVIDIA H200", ""));
    for (int i = 2; i < 7; i++) {
      uses.add(new DeviceUse(i + " on west", "cpu", "GPU: expected a driver, found none"));
    }
    uses.add(new DeviceUse("7 on south", "cpu", "GPU: too old"));

    assertThat(Placement.lines(uses))
        .containsExactly(
            "on cuda:1 NVIDIA H200 of executor 0 on east, cuda:0 NVIDIA H200 of executor 1 on east",
            "on the CPU of executor 2 on west, executor 3 on west, executor 4 on west and 2 more:"
                + " GPU: expected a driver, found none",
            "on the CPU of executor 7 on south: GPU: too old");
  }

  @Test
  void onThisMachineNothingIsAskedOfSpark() {
    List<String> notes = new ArrayList<>();
    DeviceSettings emulated = new DeviceSettings(DeviceChoice.EMULATED, ProductPrecision.TF32);
    Placement placement =
        Placement.of("train m", SharedSession.get().sparkContext(), emulated, notes::add);
    placement.tell();

    assertThat(placement.uses()).isEmpty();
    assertThat(notes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 8", "8, 4, 2", "3, 2, 2", "1, 4, 1"})
  void tasksThatMeetAtAGpuAreCounted(int slots, int gpus, int sharers) {
    assertThat(TaskGpu.sharers(slots, gpus)).isEqualTo(sharers);
  }

  @Test
  void slotsAreThoseOfThisProcess() {
    SparkConf conf = new SparkConf(false).set("spark.executor.cores", "6");

    assertThat(TaskGpu.slots(conf.set("spark.master", "local[3]"))).isEqualTo(3);
    assertThat(TaskGpu.slots(conf.set("spark.master", "spark://east:7077"))).isEqualTo(6);
  }
}
