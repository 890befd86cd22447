package dev.poolwright.internal.wire;

import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskSerializationException.Phase;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.spi.Call;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Calls and results as bytes, and every failure of that as {@link TaskSerializationException}.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Payloads {
  private final PayloadFilter.Rules rules;
  private final int limit;
  private final Values writer;

  /** Of the call class that was read last; most calls are like the one before. */
  private volatile @Nullable Reader calls;

  private volatile @Nullable Reader results;

  /** The same, without what may take long. */
  private volatile @Nullable Reader quickResults;

  /**
   * Makes one.
   *
   * @param allow patterns of classes that may be read; none allows all
   * @param limit most bytes of one call or result
   */
  public Payloads(List<String> allow, int limit) {
    this.rules = PayloadFilter.Rules.of(allow);
    this.limit = limit;
    this.writer = new Values(new JdkCodec(Payloads.class.getClassLoader(), rules));
  }

  PayloadFilter.Rules rules() {
    return rules;
  }

  /** Most bytes of one call or result. */
  public int limit() {
    return limit;
  }

  /** Reads calls of one class, or their results. */
  private record Reader(Class<?> callType, ClassLoader loader, Values values) {
    boolean isFor(Class<?> type, ClassLoader itsLoader) {
      return callType == type && loader == itsLoader;
    }
  }

  private Reader reader(
      Class<?> callType, ClassLoader loader, boolean isForCalls, boolean isQuick) {
    PayloadFilter.Rules own = rules;
    // Without patterns it would take a fresh JVM milliseconds for nothing.
    if (rules.hasPatterns()) {
      own = isForCalls ? rules.forCall(callType) : rules.forResult(callType);
    }
    return new Reader(callType, loader, new Values(new JdkCodec(loader, own, isQuick)));
  }

  /** Writes a call by its components, as {@link #writeCall} does with a record. */
  void writeComponents(PayloadBuffer out, @Nullable Object... components) throws IOException {
    writer.writeComponents(out, components);
  }

  /**
   * Writes the arguments of a call.
   *
   * @param name of the task
   * @param call the call
   * @return its bytes, a snapshot
   * @throws TaskSerializationException when it cannot be written
   */
  public ByteBuffer writeCall(String name, Call<?, ?> call) {
    PayloadBuffer out = new PayloadBuffer(limit);
    writeCall(name, call, null, out);
    return out.toByteBuffer();
  }

  /**
   * Writes an argument that calls have in common.
   *
   * @param argument of each of them
   * @return null when it cannot be written: each call that has it says so then
   */
  public @Nullable SharedArgument share(Object argument) {
    PayloadBuffer out = new PayloadBuffer(limit);
    try {
      writer.write(argument, out);
    } catch (Exception | Error e) {
      return null;
    }
    return new SharedArgument(argument, out.toByteBuffer());
  }

  /**
   * Appends the arguments of a call.
   *
   * @param name of the task
   * @param call the call
   * @param shared an argument that is not written with it; it counts for the limit all the same
   * @param out gets the bytes; unchanged after a failure
   * @throws TaskSerializationException when it cannot be written
   */
  public void writeCall(
      String name, Call<?, ?> call, @Nullable SharedArgument shared, PayloadBuffer out) {
    int start = out.size();
    int most = shared == null ? limit : limit - shared.bytes().remaining();
    out.limitTo((long) start + most);
    try {
      writer.writeRecord(call, shared, out);
    } catch (Exception | Error e) {
      out.truncate(start);
      throw failure(name, Phase.ARGUMENT_WRITE, call, e);
    }
  }

  /**
   * Reads the arguments of a call.
   *
   * @param name of the task
   * @param type of the call
   * @param in its bytes
   * @return the call
   * @throws TaskSerializationException when it cannot be read
   */
  public Call<?, ?> readCall(String name, Class<?> type, ByteBuffer in) {
    return readCall(name, type, in, null);
  }

  /**
   * Reads the arguments of a call that may share one with others.
   *
   * @param name of the task
   * @param type of the call
   * @param in its bytes
   * @param shared what the frame says of that
   * @return the call
   * @throws TaskSerializationException when it cannot be read
   */
  public Call<?, ?> readCall(
      String name, Class<?> type, ByteBuffer in, @Nullable SharedArgument shared) {
    try {
      ClassLoader loader = type.getClassLoader();
      Reader reader = calls;
      if (reader == null || !reader.isFor(type, loader)) {
        reader = reader(type, loader, true, false);
        calls = reader;
      }
      Object call = reader.values().read(in, type, shared);
      if (call instanceof Call<?, ?> read) {
        return read;
      }
      throw new ProtocolDesyncException("call is a " + (call == null ? "null" : call.getClass()));
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Exception | Error e) {
      throw failure(name, Phase.ARGUMENT_READ, type, e);
    }
  }

  /**
   * Appends a result.
   *
   * @param name of the task
   * @param result what the method returned
   * @param out gets the bytes; unchanged after a failure
   * @throws TaskSerializationException when it cannot be written
   */
  public void writeResult(String name, @Nullable Object result, PayloadBuffer out) {
    int start = out.size();
    try {
      writer.write(result, out);
      if (out.size() - start > limit) {
        throw new PayloadBuffer.LimitExceeded(out.size() - start, limit);
      }
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Exception | Error e) {
      out.truncate(start);
      throw failure(name, Phase.RESULT_WRITE, result, e);
    }
  }

  /**
   * Reads a result.
   *
   * @param name of the task
   * @param callType class of its call
   * @param loader knows the classes of results
   * @param in its bytes
   * @return the result
   * @throws TaskSerializationException when it cannot be read
   */
  public @Nullable Object readResult(
      String name, Class<?> callType, ClassLoader loader, ByteBuffer in) {
    return readResult(name, callType, loader, in, false);
  }

  /** Throws {@link PayloadFilter.SlowException} where that is quick and reading may not be. */
  @Nullable Object readResult(
      String name, Class<?> callType, ClassLoader loader, ByteBuffer in, boolean isQuick) {
    try {
      return resultReader(callType, loader, isQuick).values().read(in, null, null);
    } catch (PayloadFilter.SlowException e) {
      throw e;
    } catch (Exception | Error e) {
      throw failure(name, Phase.RESULT_READ, null, e);
    }
  }

  private Reader resultReader(Class<?> callType, ClassLoader loader, boolean isQuick) {
    Reader reader = isQuick ? quickResults : results;
    if (reader == null || !reader.isFor(callType, loader)) {
      reader = reader(callType, loader, false, isQuick);
      if (isQuick) {
        quickResults = reader;
      } else {
        results = reader;
      }
    }
    return reader;
  }

  private TaskSerializationException failure(
      String name, Phase phase, @Nullable Object value, Throwable cause) {
    String type = typeName(value, cause);
    return failure(name, phase, type, reason(type, cause), cause);
  }

  /**
   * Says what could not be written or read.
   *
   * @param name of the task
   * @param phase what was to be done
   * @param type of what it was to be done with
   * @param why it could not be
   * @param cause behind that
   * @return with all of it as its text
   */
  public static TaskSerializationException failure(
      String name, Phase phase, String type, String why, Throwable cause) {
    String what =
        switch (phase) {
          case ARGUMENT_WRITE -> "argument cannot be written: ";
          case ARGUMENT_READ -> "argument cannot be read: ";
          case RESULT_WRITE -> "result cannot be written: ";
          case RESULT_READ -> "result cannot be read: ";
        };
    return new TaskSerializationException(name + ": " + what + why, phase, type, cause);
  }

  private static String typeName(@Nullable Object value, Throwable cause) {
    if (cause instanceof NotSerializableException || cause instanceof ClassNotFoundException) {
      String message = RemoteFailures.message(cause);
      return message == null ? "unknown" : message;
    }
    if (cause instanceof InvalidClassException invalid && invalid.classname != null) {
      return invalid.classname;
    }
    if (value instanceof Class<?> type) {
      return type.getName();
    }
    return value == null ? "unknown" : value.getClass().getName();
  }

  private String reason(String type, Throwable cause) {
    if (cause instanceof PayloadBuffer.LimitExceeded) {
      return String.format(
          Locale.ROOT,
          "%s takes more than %,d bytes, the payload-limit of the pool (%,d at most)",
          type,
          limit,
          PoolSetting.PAYLOAD_LIMIT.range(PoolKind.PROCESS).max());
    }
    if (cause instanceof NotSerializableException) {
      return type.contains("$$Lambda")
          ? "the lambda "
              + type
              + " is not Serializable; pass it as a Job, Action or JobFunction, or cast it to"
              + " (Runnable & Serializable)"
          : "class "
              + type
              + " is not Serializable; make it implement java.io.Serializable or pass"
              + " what it holds";
    }
    if (cause instanceof StackOverflowError) {
      return type + " refers to a graph too deep for the stack; pass a flatter form";
    }
    if (cause instanceof ClassNotFoundException) {
      return "class " + type + " is unknown here";
    }
    if (cause instanceof PayloadFilter.RejectedException) {
      return "the filter rejected it: " + cause.getMessage();
    }
    return type + " failed with " + ReadableFailure.text(cause);
  }
}
