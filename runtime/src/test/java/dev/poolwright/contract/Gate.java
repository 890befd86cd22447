package dev.poolwright.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where tasks stop until the test lets them go on, in this JVM or in another: a task knows the
 * gate's port alone. An interrupt or the death of its JVM takes a task away from the gate, which
 * the test can wait for.
 *
 * <p><b>Threads:</b> {@link #stop} is for tasks; everything else is confined to the test's thread.
 */
public final class Gate implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Deque<Visitor> visitors = new ArrayDeque<>();

  public Gate() throws IOException {
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /**
   * Called by a task: stops until the test lets it go on.
   *
   * @return the name of the task's thread
   * @throws IOException when interrupted; the flag stays set
   */
  public static String stop(int port) throws IOException {
    String name = Thread.currentThread().getName();
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      channel.write(StandardCharsets.UTF_8.encode(name + "\n"));
      int unused = channel.read(ByteBuffer.allocate(1));
    }
    return name;
  }

  /** Waits until another task has come. */
  public Visitor next() throws IOException {
    Visitor visitor = new Visitor(server.accept());
    visitors.add(visitor);
    return visitor;
  }

  /** Lets everybody go on, also those who are still to come. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Visitor visitor : visitors) {
      visitor.channel.close();
    }
  }

  /** A task that has come to the gate. */
  public static final class Visitor {
    private final SocketChannel channel;
    private final String thread;

    Visitor(SocketChannel channel) throws IOException {
      this.channel = channel;
      ByteBuffer one = ByteBuffer.allocate(1);
      StringBuilder name = new StringBuilder();
      while (channel.read(one.clear()) == 1 && one.get(0) != '\n') {
        name.append((char) one.get(0));
      }
      this.thread = name.toString();
    }

    /** The thread that stopped here. */
    public String thread() {
      return thread;
    }

    /** Lets it go on. */
    public void letGo() throws IOException {
      channel.close();
    }

    /** Waits until it was interrupted or killed. */
    public void awaitGone() {
      try {
        int unused = channel.read(ByteBuffer.allocate(1));
      } catch (IOException e) {
        // A killed JVM resets the connection: gone as well.
      }
    }
  }
}
