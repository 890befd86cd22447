package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the parent sees of a word that its worker has not mapped yet. */
class LateRunWordTest {

  @TempDir Path temp;
  private RunWord parent;
  private LateRunWord worker;

  @BeforeEach
  void open() throws IOException {
    Path file = temp.resolve("word");
    parent = RunWord.create(file);
    worker = LateRunWord.open(file.toFile());
    assertThat(file).doesNotExist();
  }

  @Test
  @DisplayName("the first start is seen at once, its end with the second start")
  void tellsFirstElement() {
    assertThat(parent.startedOf(7)).isZero();
    assertThat(worker.started(7, 0)).isTrue();
    assertThat(parent.startedOf(7)).isEqualTo(1);
    assertThat(worker.ended()).isTrue();
    assertThat(parent.endedOf(7)).isZero();
    assertThat(worker.started(7, 1)).isTrue();
    assertThat(parent.startedOf(7)).isEqualTo(2);
    assertThat(parent.endedOf(7)).isEqualTo(1);
    assertThat(worker.ended()).isTrue();
    assertThat(parent.endedOf(7)).isEqualTo(2);
    assertThat(worker.started(8, 0)).isTrue();
    assertThat(parent.startedOf(8)).isEqualTo(1);
    assertThat(parent.startedOf(7)).isZero();
  }

  @Test
  @DisplayName("a word that is frozen at the first element lets no second one start")
  void obeysFreeze() {
    assertThat(worker.started(7, 0)).isTrue();
    assertThat(parent.freeze(7, 0)).isTrue();
    assertThat(worker.ended()).isTrue();
    assertThat(worker.started(7, 1)).isFalse();
    assertThat(parent.startedOf(7)).isEqualTo(1);
  }

  @Test
  @DisplayName("skips are seen before and after the word is mapped")
  void seesSkips() {
    parent.skip(0);
    parent.skip(1);
    parent.skip(65);
    assertThat(worker.started(7, 0)).isTrue();
    assertThat(worker.isSkipped(0)).isTrue();
    assertThat(worker.isSkipped(65)).isTrue();
    assertThat(worker.isSkipped(2)).isFalse();
    assertThat(worker.started(7, 1)).isTrue();
    assertThat(worker.isSkipped(1)).isTrue();
    assertThat(worker.isSkipped(66)).isFalse();
  }

  @Test
  @DisplayName("mapped ahead of need it tells the end of the first element too")
  void mapsAhead() throws IOException {
    worker.map();
    worker.map();
    assertThat(worker.started(7, 0)).isTrue();
    assertThat(worker.ended()).isTrue();
    assertThat(parent.endedOf(7)).isEqualTo(1);
  }

  @Test
  @DisplayName("mapped during the first element it goes on from there")
  void mapsMeanwhile() throws IOException {
    assertThat(worker.started(7, 0)).isTrue();
    worker.map();
    assertThat(worker.ended()).isTrue();
    assertThat(worker.started(8, 0)).isTrue();
    assertThat(parent.startedOf(8)).isEqualTo(1);
  }

  @Test
  @DisplayName("a worker without its file does not start")
  void needsItsFile() {
    assertThatThrownBy(() -> LateRunWord.open(temp.resolve("no").resolve("word").toFile()))
        .isInstanceOf(IOException.class);
  }
}
