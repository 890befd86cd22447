package dev.poolwright.hazelcast;

import com.hazelcast.internal.serialization.DataSerializerHook;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Hazelcast's own way to have a member add, some pairs at a time, for a comparison. */
public final class TinyWork implements Callable<int[]>, IdentifiedDataSerializable {
  static final int FACTORY = 0x74696E79;

  /** Has members read it. */
  public static final class Hook implements DataSerializerHook {
    /** Found as a service. */
    public Hook() {}

    @Override
    public int getFactoryId() {
      return FACTORY;
    }

    @Override
    public DataSerializableFactory createFactory() {
      return type -> new TinyWork();
    }
  }

  private int[] pairs = {};

  TinyWork() {}

  TinyWork(int count) {
    pairs = new int[2 * count];
    Arrays.fill(pairs, 1);
  }

  @Override
  public int[] call() {
    int[] sums = new int[pairs.length / 2];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = pairs[2 * i] + pairs[2 * i + 1];
    }
    return sums;
  }

  @Override
  public int getFactoryId() {
    return FACTORY;
  }

  @Override
  public int getClassId() {
    return 1;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeIntArray(pairs);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    int[] read = in.readIntArray();
    pairs = read == null ? pairs : read;
  }
}
