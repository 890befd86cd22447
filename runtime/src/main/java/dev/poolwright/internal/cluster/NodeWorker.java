package dev.poolwright.internal.cluster;

import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.batch.GivenChunk;
import dev.poolwright.internal.cluster.Admissions.Verdict;
import dev.poolwright.internal.life.ImportedCarriers;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.internal.pool.EnginePool;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.SharedArgument;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.ClusterWorker;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs what comes from callers on the pools of this JVM.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class NodeWorker implements ClusterWorker {
  /** Of interrupts that came before their calls. */
  private static final int MOST_AHEAD = 1_024;

  private final Map<String, EnginePool> pools;
  private final Host host;
  private final ClassLoader loader;
  private final Clock clock;
  private final String fingerprint;
  private final Admissions admissions;
  private final NodeTargets targets;
  private final ImportedCarriers carriers;
  private final Map<String, NodeRun> runs = new ConcurrentHashMap<>();
  private final Map<Integer, Payloads> payloads = new ConcurrentHashMap<>();

  /** Calls to be stopped that are not here yet: the order may come sooner, on its other way. */
  private final Map<String, Boolean> ahead =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST_AHEAD;
            }
          });

  /**
   * Opens pools to callers.
   *
   * @param pools by their names
   * @param places how many calls each runs at once
   * @param host what is asked of the JVM
   * @param loader knows the classes of the application
   * @param clock what the shares of callers go by
   */
  public NodeWorker(
      Map<String, EnginePool> pools,
      Map<String, Integer> places,
      Host host,
      ClassLoader loader,
      Clock clock) {
    this.pools = Map.copyOf(pools);
    this.host = host;
    this.loader = loader;
    this.clock = clock;
    this.fingerprint = Fingerprint.of(loader);
    this.admissions = new Admissions(places);
    this.targets = new NodeTargets(host);
    this.carriers = new ImportedCarriers(loader, "a node");
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  private record Taken(CompletionStage<byte[]> answer, Runnable stopper) implements EnvelopeRun {
    static EnvelopeRun not(byte[] refusal) {
      return new Taken(CompletableFuture.completedFuture(refusal), () -> {});
    }

    @Override
    public void stop() {
      stopper.run();
    }
  }

  @Override
  public EnvelopeRun call(String caller, byte[] bytes) {
    try {
      Envelope envelope = Envelope.read(bytes);
      if (!envelope.caller().equals(caller)) {
        throw new ProtocolDesyncException("the calls are of another caller");
      }
      return taken(envelope);
    } catch (ProtocolDesyncException | RuntimeException e) {
      return Taken.not(Answer.refused(ReadableFailure.text(e)));
    }
  }

  private EnvelopeRun taken(Envelope envelope) {
    CallHeader header = envelope.header();
    Verdict verdict =
        admissions.take(
            envelope.pool(),
            envelope.caller(),
            envelope.delivery(),
            header.limitNanos() > 0,
            clock.now());
    byte[] refusal =
        switch (verdict) {
          case TAKEN -> null;
          case BUSY -> Answer.busy();
          case LEAVING -> Answer.leaving();
          case REPEATED -> Answer.repeated();
          case UNKNOWN -> Answer.refused("it has no pool \"" + envelope.pool() + "\"");
        };
    return refusal != null ? Taken.not(refusal) : run(envelope);
  }

  private EnvelopeRun run(Envelope envelope) {
    CallHeader header = envelope.header();
    Payloads values = payloads.computeIfAbsent(envelope.limit(), this::payloads);
    Class<?> type = null;
    Throwable unknown = null;
    try {
      type = callType(header.callClass());
    } catch (ReflectiveOperationException | ProtocolDesyncException | LinkageError e) {
      unknown = e;
    }
    NodeRun run =
        new NodeRun(
            header.name(),
            type,
            envelope.count(),
            new Outcomes(values),
            pool(envelope).life(),
            ended ->
                host.send(
                    envelope.caller(), new OutcomesMessage(envelope.delivery(), ended).write()));
    String key = key(envelope.caller(), envelope.delivery());
    runs.put(key, run);
    CompletionStage<byte[]> answer =
        run.answer()
            .whenComplete(
                (bytes, failure) -> {
                  runs.remove(key);
                  admissions.done(envelope.pool(), envelope.caller());
                });
    ByteBuffer in = envelope.calls().duplicate();
    SharedArgument shared = SharedArgument.of(header); // They run one after another.
    // What returns stages keeps a place for each.
    GivenChunk chunk = null;
    try {
      if (envelope.count() > 1 && !header.isStage()) {
        chunk = new GivenChunk(pool(envelope), site(envelope), run::hasEnded, run::over);
      }
    } catch (Throwable e) {
      unknown = e;
    }
    for (int i = 0; i < envelope.count(); i++) {
      try {
        start(run, i, envelope, values, type, unknown, in, shared, chunk);
      } catch (Throwable e) {
        run.end(i, null, e);
      }
    }
    if (chunk != null) {
      chunk.submit(run::runsInChunk);
    }
    return new Taken(answer, run::cancelAll);
  }

  private Payloads payloads(int limit) {
    return new Payloads(host.allow(), limit);
  }

  private void start(
      NodeRun run,
      int element,
      Envelope envelope,
      Payloads values,
      @Nullable Class<?> type,
      @Nullable Throwable unknown,
      ByteBuffer in,
      @Nullable SharedArgument shared,
      @Nullable GivenChunk chunk)
      throws Throwable {
    int length = in.getInt();
    if (length < 0) {
      run.end(element, null, NodeRun.skipped());
      return;
    }
    ByteBuffer bytes = PayloadBuffer.bytes(in, length);
    if (type == null || unknown != null) {
      throw unknown == null ? new ProtocolDesyncException("no class") : unknown;
    }
    CallHeader header = envelope.header();
    CallId id = new CallId(envelope.caller(), envelope.delivery(), element);
    if ((!ahead.isEmpty() && ahead.remove(id.text()) != null) || run.isStopped(element)) {
      run.end(element, null, NodeRun.skipped());
      return;
    }
    Call<?, ?> call = values.readCall(header.name(), type, bytes, shared);
    EnginePool pool = pool(envelope);
    Object target = target(pool, header, call);
    Consumer<TaskProgress> progress =
        now -> host.send(id.caller(), new ProgressMessage(id.delivery(), element, now).write());
    if (chunk == null) {
      Task<?> task = pool.submitCall(site(envelope), target, call).onProgress(progress);
      run.runs(element, task);
    } else {
      chunk.add(element, target, call, progress);
    }
  }

  private EnginePool pool(Envelope envelope) {
    return Objects.requireNonNull(pools.get(envelope.pool())); // It has places.
  }

  private TaskSite site(Envelope envelope) {
    CallHeader header = envelope.header();
    Snapshot context = carriers.imported(header.context());
    return new TaskSite(
        header.name(),
        pool(envelope),
        header.limitNanos(),
        envelope.limitSource(),
        0, // The caller decides.
        header.isStage(),
        List.of(),
        context);
  }

  private Class<?> callType(String name) throws ClassNotFoundException, ProtocolDesyncException {
    Class<?> type = Class.forName(name, false, loader);
    if (!Call.class.isAssignableFrom(type)) {
      throw new ProtocolDesyncException(name + " is no call");
    }
    return type;
  }

  @SuppressWarnings("unchecked") // The call and its target were generated for one another.
  private @Nullable Object target(EnginePool pool, CallHeader header, Call<?, ?> call)
      throws Throwable {
    if (header.targetClass().isEmpty()) {
      return null;
    }
    if (pool.kind() == PoolKind.PROCESS) {
      return targets; // Its worker JVM makes one: this only says that there is to be one.
    }
    Class<?> type = Class.forName(header.targetClass(), false, loader);
    return ((Call<Object, Object>) call).target(targets.of(type));
  }

  private static String key(String caller, long delivery) {
    return caller + ':' + delivery;
  }

  @Override
  public void interrupt(String caller, String text) {
    CallId call = CallId.parse(text);
    if (!call.caller().equals(caller)) {
      throw new IllegalArgumentException("the call to stop is of another caller");
    }
    String key = key(call.caller(), call.delivery());
    if (!runs.containsKey(key)) {
      ahead.put(text, Boolean.TRUE);
    }
    // It may have come meanwhile, and not have seen that.
    NodeRun run = runs.get(key);
    if (run != null) {
      ahead.remove(text);
      run.cancel(call.element());
    }
  }

  @Override
  public void callerLeft(String caller) {
    admissions.left(caller);
  }

  @Override
  public void refuse() {
    admissions.refuse();
  }

  @Override
  public void drain() throws InterruptedException {
    admissions.awaitNone();
  }
}
