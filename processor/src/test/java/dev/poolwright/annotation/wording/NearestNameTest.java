package dev.poolwright.annotation.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class NearestNameTest {

  private static final List<String> POOLS = List.of("default", "io", "cpu", "database");

  @Test
  void findsTheNameThatIsMeant() {
    assertThat(NearestName.to("oi", POOLS)).contains("io");
    assertThat(NearestName.to("IO", POOLS)).contains("io");
    assertThat(NearestName.to("databse", POOLS)).contains("database");
    assertThat(NearestName.to("cpus", POOLS)).contains("cpu");
  }

  @Test
  void staysSilentWhenNothingIsNear() {
    assertThat(NearestName.to("xy", POOLS)).isEmpty();
    assertThat(NearestName.to("network", POOLS)).isEmpty();
    assertThat(NearestName.to("", POOLS)).isEmpty();
    assertThat(NearestName.hint("network", POOLS, "Declare it.")).isEqualTo("Declare it.");
  }

  @Test
  void endsTheMessageWithAQuestion() {
    assertThat(NearestName.hint("oi", POOLS, "Declare it.")).isEqualTo("Did you mean \"io\"?");
  }

  @Test
  void countsChangesAndSwaps() {
    assertThat(NearestName.distance("get", "get")).isZero();
    assertThat(NearestName.distance("gett", "get")).isEqualTo(1);
    assertThat(NearestName.distance("gte", "get")).isEqualTo(1);
    assertThat(NearestName.distance("", "get")).isEqualTo(3);
  }
}
