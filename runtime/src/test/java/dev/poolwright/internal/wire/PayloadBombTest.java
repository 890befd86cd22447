package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.spi.Call;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small payloads that want much memory, and large ones that do not. */
@Timeout(60)
class PayloadBombTest {

  private final Payloads payloads = new Payloads(List.of(), 1 << 24);

  record Echo(@Nullable Object value) implements Call<PayloadBombTest, @Nullable Object> {
    @Override
    public @Nullable Object on(PayloadBombTest target) {
      return value;
    }
  }

  private @Nullable Object readResult(ByteBuffer bytes) {
    return payloads.readResult("T.call", Echo.class, Echo.class.getClassLoader(), bytes);
  }

  /** Arrays in arrays, each of which says that it is long, and none of which is ever filled. */
  private static ByteBuffer nestedArrays(String type, int depth, int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
    out.writeShort(ObjectStreamConstants.STREAM_VERSION);
    for (int i = 0; i < depth; i++) {
      out.writeByte(ObjectStreamConstants.TC_ARRAY);
      if (i == 0) {
        out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
        out.writeUTF(type);
        out.writeLong(java.io.ObjectStreamClass.lookupAny(Object[].class).getSerialVersionUID());
        out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
        out.writeShort(0);
        out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
        out.writeByte(ObjectStreamConstants.TC_NULL);
      } else {
        out.writeByte(ObjectStreamConstants.TC_REFERENCE);
        out.writeInt(ObjectStreamConstants.baseWireHandle);
      }
      out.writeInt(length);
    }
    return value(bytes.toByteArray());
  }

  private static ByteBuffer value(byte[] stream) {
    ByteBuffer out = ByteBuffer.allocate(5 + stream.length);
    return out.put((byte) 12).putInt(stream.length).put(stream).flip();
  }

  @Test
  @DisplayName("20 KB of nested arrays take no more memory than some for each byte")
  void boundsAllArraysTogether() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer bomb = nestedArrays("[Ljava.lang.Object;", 2_000, 80_000);
    assertThat(bomb.remaining()).isBetween(10_000, 21_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> readResult(bomb))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("which cannot have it beside what came before");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
  }

  @Test
  @DisplayName("arrays of numbers have together no more bytes than lie in the payload")
  void boundsArraysOfNumbers() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Object[] {new long[100], new long[100]});
    }
    byte[] stream = bytes.toByteArray();
    assertThat(readResult(value(stream))).isInstanceOf(Object[].class);
    // The first array takes nearly all that there is; the second cannot be long as well.
    assertThatThrownBy(() -> readResult(value(Arrays.copyOf(stream, stream.length - 400))))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("which cannot have it beside what came before");
  }

  enum Colour {
    RED,
    GREEN
  }

  @SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage"}) // Whatever users have.
  private static Object many(int seed) {
    Map<Object, Object> sparse = new HashMap<>(16, 0.25f);
    for (int i = 0; i < 100; i++) {
      sparse.put(i, true);
    }
    Set<Object> sparseSet = new HashSet<>(16, 0.1f);
    sparseSet.addAll(List.of(Colour.RED, Colour.GREEN, seed));
    return List.of(
        new HashMap<>(Map.of(Colour.RED, true)),
        new HashSet<>(Set.of(Colour.RED)),
        new LinkedHashMap<>(Map.of(1, 2)),
        new TreeMap<>(Map.of(1, 2)),
        new ConcurrentHashMap<>(Map.of(1, 2)),
        new IdentityHashMap<>(Map.of(Colour.RED, Colour.GREEN)),
        new ArrayDeque<>(List.of(1)),
        new PriorityQueue<>(List.of(3, 2)),
        new ArrayList<>(List.of(new ArrayList<>(), new HashMap<>())),
        sparse,
        sparseSet,
        Map.of(),
        Set.of(),
        new boolean[] {true},
        new Object[10]);
  }

  @Test
  @DisplayName("collections of every kind, small, sparse and many, are no bombs")
  void letsCollectionsIn() throws Exception {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(many(i));
    }
    for (Object value : List.of(many(1), all, new ArrayList<>(all.subList(0, 1)))) {
      PayloadBuffer out = new PayloadBuffer(1 << 24);
      payloads.writeResult("T.call", value, out);
      assertThat(readResult(out.toByteBuffer())).isInstanceOf(List.class);
    }
  }
}
