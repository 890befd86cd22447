package dev.poolwright.internal.wire;

import dev.poolwright.RemoteTaskException;
import dev.poolwright.TaskSerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How one call ended, as bytes: one byte kind, then a value, a failure, or what could not be
 * serialized.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Outcomes {
  private static final byte RETURNED = 0;
  private static final byte THROWN = 1;
  private static final byte UNSERIALIZABLE = 2;

  private final Payloads payloads;
  private final PayloadFilter.Rules rules;
  private final int limit;

  /**
   * Makes one.
   *
   * @param payloads writes and reads results
   */
  public Outcomes(Payloads payloads) {
    this.payloads = payloads;
    this.rules = payloads.rules();
    this.limit = payloads.limit();
  }

  /**
   * An outcome that was read.
   *
   * @param value what the method returned; null after a failure
   * @param failure null after a success
   */
  public record Ending(@Nullable Object value, @Nullable Throwable failure) {}

  /**
   * Appends how a call ended.
   *
   * @param name of the task
   * @param result what the method returned; null after a failure
   * @param failure null after a success
   * @param callType class of the call; null when it is not known
   * @param out gets the bytes
   */
  public void write(
      String name,
      @Nullable Object result,
      @Nullable Throwable failure,
      @Nullable Class<?> callType,
      PayloadBuffer out) {
    if (failure instanceof TaskSerializationException e) {
      writeUnserializable(e, out);
    } else if (failure != null) {
      writeThrown(failure, callType, out);
    } else {
      writeReturned(name, result, out);
    }
  }

  /**
   * Appends a success; a failure when the result cannot be written.
   *
   * @param name of the task
   * @param result what the method returned
   * @param out gets the bytes
   */
  public void writeReturned(String name, @Nullable Object result, PayloadBuffer out) {
    int start = out.size();
    try {
      out.write(RETURNED);
      payloads.writeResult(name, result, out);
    } catch (TaskSerializationException e) {
      out.truncate(start);
      writeUnserializable(e, out);
    }
  }

  /** Appends a failure of the call's own serialization. */
  private void writeUnserializable(TaskSerializationException failure, PayloadBuffer out) {
    out.write(UNSERIALIZABLE);
    RemoteFailures.writeSerialization(failure, out);
  }

  /**
   * Appends what the method threw.
   *
   * @param failure any
   * @param callType class of the call; null when it is not known
   * @param out gets the bytes
   */
  public void writeThrown(Throwable failure, @Nullable Class<?> callType, PayloadBuffer out) {
    out.write(THROWN);
    RemoteFailures.writeText(failure, out);
    int at = out.beginSized();
    try {
      new JdkCodec(Outcomes.class.getClassLoader(), rules(callType)).writeThrown(failure, out);
      if (out.size() - at > limit / 2) {
        out.truncate(at + 4);
      }
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Exception | Error e) {
      out.truncate(at + 4); // It travels as text alone.
    }
    out.endSized(at);
  }

  /**
   * Reads an outcome.
   *
   * @param name of the task
   * @param callType class of the call
   * @param loader knows the classes of results and exceptions
   * @param worker where it ran, as {@code "io-1, pid 4711"}
   * @param in the bytes of this outcome
   * @return what happened
   * @throws ProtocolDesyncException when this is no outcome
   */
  public Ending read(
      String name, Class<?> callType, ClassLoader loader, String worker, ByteBuffer in)
      throws ProtocolDesyncException {
    return read(name, callType, loader, worker, in, false);
  }

  /**
   * Reads an outcome unless that may take long, as code of the result's own or hashes of what is in
   * it may.
   *
   * @param name of the task
   * @param callType class of the call
   * @param loader knows the classes of results and exceptions
   * @param worker where it ran, as {@code "io-1, pid 4711"}
   * @param in the bytes of this outcome, which stay as they are
   * @return what happened; null when {@link #read} is to be called where that may take long
   * @throws ProtocolDesyncException when this is no outcome
   */
  public @Nullable Ending readQuickly(
      String name, Class<?> callType, ClassLoader loader, String worker, ByteBuffer in)
      throws ProtocolDesyncException {
    try {
      return read(name, callType, loader, worker, in.duplicate(), true);
    } catch (PayloadFilter.SlowException e) {
      return null;
    }
  }

  private Ending read(
      String name,
      Class<?> callType,
      ClassLoader loader,
      String worker,
      ByteBuffer in,
      boolean isQuick)
      throws ProtocolDesyncException {
    byte kind = in.get();
    return switch (kind) {
      case RETURNED -> returned(name, callType, loader, in, isQuick);
      case THROWN -> new Ending(null, thrown(callType, loader, worker, in, isQuick));
      case UNSERIALIZABLE -> new Ending(null, RemoteFailures.readSerialization(in));
      default ->
          throw new ProtocolDesyncException(
              "outcome kind is " + kind + "; must be 0 to " + UNSERIALIZABLE);
    };
  }

  private Ending returned(
      String name, Class<?> callType, ClassLoader loader, ByteBuffer in, boolean isQuick) {
    try {
      return new Ending(payloads.readResult(name, callType, loader, in, isQuick), null);
    } catch (TaskSerializationException e) {
      return new Ending(null, e);
    }
  }

  private PayloadFilter.Rules rules(@Nullable Class<?> callType) {
    return callType == null || !rules.hasPatterns() ? rules : rules.forResult(callType);
  }

  private Throwable thrown(
      Class<?> callType, ClassLoader loader, String worker, ByteBuffer in, boolean isQuick) {
    RemoteTaskException remote = RemoteFailures.readText(in);
    ByteBuffer object = PayloadBuffer.sized(in);
    if (object.hasRemaining()) {
      try {
        if (new JdkCodec(loader, rules(callType), isQuick).read(object)
            instanceof Throwable failure) {
          failure.addSuppressed(new WorkerOrigin(worker, failure.getStackTrace()));
          return failure;
        }
      } catch (PayloadFilter.SlowException e) {
        throw e;
      } catch (Exception | Error e) {
        remote.addSuppressed(e); // It could not be read here: the text stands for it.
      }
    }
    return remote;
  }

  /** Says, suppressed in what a method threw, in which worker JVM it did so. */
  static final class WorkerOrigin extends Exception {
    private static final long serialVersionUID = 1;

    WorkerOrigin(String worker, StackTraceElement[] stack) {
      super("thrown in worker JVM " + worker, null, false, true);
      setStackTrace(stack);
    }
  }
}
