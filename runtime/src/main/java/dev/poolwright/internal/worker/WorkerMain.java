package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.Invitation;
import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.WorkerSetup;
import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ByteChannel;

/**
 * Main class of a worker JVM. Its arguments are the file of the {@link
 * dev.poolwright.internal.wire.RunWord}, the parent's process id, and the named pipe that is the
 * tether; without that it is standard input. An {@link Invitation} is the first that comes on it.
 *
 * <p><b>Threads:</b> {@code main} only starts the others, since an error there would look like an
 * exit of the JVM's own.
 *
 * <p><b>Source:</b> before the first answer it loads as few classes as it can: no lambdas, no
 * string concatenation, no container, no deserialization, no channels, paths, data streams or
 * method handles of the JDK, no switch on an enum; and what can be done beside the greeting is done
 * by {@link Preparation}.
 */
public final class WorkerMain {
  private static final int GREETING_LIMIT = 16 << 20;

  private WorkerMain() {}

  /**
   * Starts the worker.
   *
   * @param args the word file, the parent's process id, and the tether's, which may be missing
   * @throws IOException when the parent cannot be reached
   */
  public static void main(String[] args) throws IOException {
    Preparation preparation = new Preparation();
    preparation.start();
    new ParentWatch(args[1]).start();
    FileInputStream orders =
        args.length > 2 ? opened(new File(args[2])) : new FileInputStream(FileDescriptor.in);
    Invitation invitation = invitation(orders);
    preparation.willCall(invitation.firstCall());
    System.setIn(InputStream.nullInputStream());
    LateRunWord word = LateRunWord.open(new File(args[0]));
    boolean isByPipes = invitation.endpoint().startsWith(Invitation.PIPES);
    if (!isByPipes) {
      word.map(); // Only Linux promises that who has mapped a file sees what is written to it.
    }
    preparation.willMap(word);
    Tether tether = new Tether(orders);
    tether.start();
    FrameChannel channel = new FrameChannel(connect(invitation, isByPipes), GREETING_LIMIT);
    channel.send(FrameType.HELLO, 0, new Hello(invitation.token()).write());
    Frame frame = channel.receive();
    if (frame.type() != FrameType.SETUP) {
      throw new ProtocolDesyncException("second frame is " + frame.type() + "; must be SETUP");
    }
    WorkerSetup setup = WorkerSetup.read(frame.payload());
    channel.limitPayloads(setup.frameLimit());
    CallRunner runner = new CallRunner(channel, setup, word, preparation);
    tether.watch(runner);
    preparation.willDump(runner);
    Runtime.getRuntime().addShutdownHook(new ExitReport(channel, runner));
    runner.start();
  }

  /** The parent makes it meanwhile. */
  private static FileInputStream opened(File tether) throws IOException {
    try {
      while (!tether.exists()) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; what follows says that the file is missing.
    }
    return new FileInputStream(tether);
  }

  private static Invitation invitation(FileInputStream orders) throws IOException {
    try {
      return Invitation.read(orders);
    } catch (EOFException e) {
      Runtime.getRuntime().halt(ParentWatch.GONE);
      throw e; // Never reached.
    }
  }

  private static ByteChannel connect(Invitation invitation, boolean isByPipes) throws IOException {
    String endpoint = invitation.endpoint();
    return isByPipes
        ? new ParentPipes(endpoint.substring(Invitation.PIPES.length()))
        : ParentSocket.connect(endpoint, invitation.channels());
  }
}
