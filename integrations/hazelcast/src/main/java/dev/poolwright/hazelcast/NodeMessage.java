package dev.poolwright.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The one class that goes to a node: sealed bytes, and what they are. It throws nothing, since a
 * client of Hazelcast repeats some calls that throw.
 */
final class NodeMessage
    implements Callable<byte[]>, IdentifiedDataSerializable, HazelcastInstanceAware {
  /** Of the factories of one JVM; any number that nobody else has. */
  static final int FACTORY = 0x506F6F6C;

  /** Where a member keeps its {@link NodeServer}. */
  static final String SERVER = "dev.poolwright.node";

  private static final byte[] NOTHING = {};

  private byte kind;
  private byte[] sealed = NOTHING;
  private @Nullable NodeServer server; // Of the member where it runs.

  /** To be read. */
  private NodeMessage() {}

  NodeMessage(Seal.Kind kind, byte[] sealed) {
    this.kind = kind.code();
    this.sealed = sealed;
  }

  static DataSerializableFactory factory() {
    return type -> new NodeMessage();
  }

  @Override
  public byte[] call() {
    NodeServer here = server;
    Seal.Kind what = Seal.Kind.of(kind);
    return here == null || what == null ? NOTHING : here.take(what, sealed);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    if (member.getUserContext().get(SERVER) instanceof NodeServer found) {
      server = found;
    }
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
    out.writeByte(kind);
    out.writeByteArray(sealed);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    kind = in.readByte();
    byte[] read = in.readByteArray();
    sealed = read == null ? NOTHING : read;
  }
}
