package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A method of two parameters is mapped over two iterables, as generated code does it. */
abstract class ColumnsContract extends PoolContract {

  /** A call of a static method, {@code power(int, int)}. */
  record Power(int base, int exponent) implements Call<Work, Integer> {
    @Override
    public Integer on(Work none) {
      return Work.power(base, exponent);
    }
  }

  private Batch<Integer> powers(
      Iterable<Integer> bases, Iterable<Integer> exponents, MapOption... options) {
    return CallSite.<Work>ofStatic(Work.class, "power(int, int)", "io")
        .open(open(Shape.of("io", 2)))
        .map(null, Rows.of(bases, exponents), row -> new Power(row.next(), row.next()), options);
  }

  @Test
  @Tag("scenario-44")
  @DisplayName("columns of unequal length end with the shortest, whatever their kind")
  void endsWithTheShortest() {
    List<Integer> three = List.of(1, 2, 3);
    List<Integer> two = List.of(2, 3);
    assertThat(powers(three, two).toList()).containsExactly(1, 8);
    assertThat(powers(MapContract.noCollection(three), two).toList()).containsExactly(1, 8);
    assertThat(powers(two, MapContract.noCollection(three)).toList()).containsExactly(2, 9);
    assertThat(powers(three, List.of()).toList()).isEmpty();
  }

  @Test
  @Tag("scenario-59")
  @DisplayName("two endless iterables give results for ever, within their buffer")
  void mapsTwoEndless() {
    MapContract.Endless bases = new MapContract.Endless();
    MapContract.Endless exponents = new MapContract.Endless();
    try (Batch<Integer> batch = powers(bases, exponents, MapOption.buffer(2))) {
      Iterator<Integer> results = batch.iterator();
      for (int i = 0; i < 9; i++) {
        assertThat(results.next()).isEqualTo(Work.power(i, i));
        assertThat(bases.taken.get()).isLessThanOrEqualTo(i + 3);
        assertThat(exponents.taken.get()).isEqualTo(bases.taken.get());
      }
    }
  }
}
