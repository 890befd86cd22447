package dev.poolwright.internal.cluster;

import dev.poolwright.NoWorkerException;
import dev.poolwright.TaskView;
import dev.poolwright.WorkerLostException;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.cluster.Nodes.Credit;
import dev.poolwright.internal.cluster.Nodes.Node;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.parcel.ChunkParcel;
import dev.poolwright.internal.parcel.Parcel;
import dev.poolwright.internal.parcel.Parcels;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.pool.Runner;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.spi.CallSiteSpec;
import dev.poolwright.spi.ClusterTransport;
import dev.poolwright.spi.ClusterTransport.NotSentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Worker threads drive the nodes of a cluster: each takes a credit, sends a call, waits for its
 * answer and gives the credit back. A run is stopped by asking its node to.
 */
public final class ClusterRunner implements Runner {
  private final Life life;
  private final PoolSettings settings;
  private final Clock clock;
  private final ClusterTransport transport;
  private final String caller;
  private final String fingerprint;
  private final Nodes nodes;
  private final Parcels parcels;
  private final long longestAloneNanos;
  private final AtomicLong deliveries = new AtomicLong();

  /** What is on its way, by its delivery. */
  private final Map<Long, Sending> sendings = new ConcurrentHashMap<>();

  private final Map<Thread, Sending> driven = new ConcurrentHashMap<>();

  /** Nodes that are there and get no calls, with what they are. */
  private final Map<String, String> unfit = new ConcurrentHashMap<>();

  /**
   * Not connected yet.
   *
   * @param life what the pool shares with others
   * @param settings of the pool, resolved
   * @param provider makes the transport
   * @param loader knows the classes of the application
   */
  public ClusterRunner(
      Life life, PoolSettings settings, ClusterTransport.Provider provider, ClassLoader loader) {
    this.life = life;
    this.settings = settings;
    this.clock = life.clock();
    this.caller = CallId.newCaller();
    this.fingerprint = Fingerprint.of(loader);
    this.nodes = new Nodes(clock, () -> ThreadLocalRandom.current().nextDouble());
    this.parcels = new Parcels(life, settings);
    this.longestAloneNanos = Nanos.of(settings.duration(PoolSetting.NO_WORKER_TIMEOUT));
    this.transport =
        provider.transport(settings.text(PoolSetting.CLUSTER), settings.name(), caller);
  }

  @Override
  public Where where() {
    return Where.OTHER_JVM;
  }

  @Override
  public void check(CallSiteSpec<?> spec) {
    parcels.check(spec, "cluster", "worker node");
  }

  // ---- what the transport tells

  private final class NodeListener implements ClusterTransport.Listener {
    @Override
    public void up(String worker, int places, String theirs) {
      if (!theirs.equals(fingerprint)) {
        unfit.put(worker, "of another build");
        Guard.log(
            Level.WARNING,
            "worker node "
                + worker
                + " gets no calls of pool \""
                + settings.name()
                + "\": it is of another build (its calls are "
                + theirs
                + ", ours "
                + fingerprint
                + "); start it with the jar of this application");
      } else if (places == 0) {
        unfit.put(worker, "without this pool");
      } else {
        unfit.remove(worker);
        life.listeners().workerStarted(settings.name(), settings.kind(), worker, 0);
        nodes.up(worker, places);
      }
    }

    @Override
    public void down(String worker, String why, boolean isGone) {
      unfit.remove(worker);
      isDown(worker, why, isGone);
      if (isGone) {
        for (Sending each : sendings.values()) {
          if (each.node().name().equals(worker)) {
            each.isLost(new IllegalStateException(why));
          }
        }
      }
    }

    @Override
    public void message(String worker, byte[] message) {
      try {
        if (message.length > 0 && message[0] == OutcomesMessage.KIND) {
          OutcomesMessage read = OutcomesMessage.read(message);
          Sending sending = sending(worker, read.delivery());
          if (sending != null) {
            sending.tells(read);
          }
        } else {
          ProgressMessage read = ProgressMessage.read(message);
          Sending sending = sending(worker, read.delivery());
          PoolTask<?> task = sending == null ? null : sending.task(read.element());
          if (task != null) {
            task.reportProgress(read.progress());
          }
        }
      } catch (ProtocolDesyncException e) {
        Guard.log(Level.WARNING, "worker node " + worker + " sent nonsense", e);
      }
    }

    /** The one that a node may speak of; null when it is over. */
    private @Nullable Sending sending(String worker, long delivery) {
      Sending sending = sendings.get(delivery);
      return sending == null || !sending.node().name().equals(worker) ? null : sending;
    }
  }

  private void isDown(String node, String why, boolean isLost) {
    if (nodes.down(node, isLost)) {
      life.listeners().workerEnded(settings.name(), settings.kind(), node, 0, why, isLost);
    }
  }

  // ---- submit

  @Override
  public void prepare(ChunkTask chunk) {
    parcels.prepare(chunk);
  }

  @Override
  public void prepare(PoolTask<?> task) {
    parcels.prepare(task);
  }

  // ---- run

  @Override
  public void run(PoolTask<?> task, Worker driver) {
    driver.driving(true);
    try {
      if (task instanceof ChunkTask chunk) {
        if (chunk.call() instanceof ChunkParcel parcel && chunk.begin()) {
          new ChunkSend(this, chunk, driver).run(parcel);
        }
      } else {
        new CallSend(this, task, driver).run();
      }
    } catch (ProtocolDesyncException e) {
      // The pool ends what was begun.
      throw new UncheckedIOException("pool \"" + settings.name() + "\" got no answer", e);
    } finally {
      driver.driving(false);
    }
  }

  /**
   * Waits for a node that may have a call.
   *
   * @param isWanted whether anything of the task still is
   * @return to be closed; without a node when the task is wanted no more
   * @throws NoWorkerException when there is none for too long
   * @throws CancellationException when the pool stops
   */
  Credit borrow(PoolTask<?> task, BooleanSupplier isWanted) {
    Credit credit = nodes.take(isWanted, longestAloneNanos);
    if (credit.none() == Nodes.NoCredit.ALONE) {
      Duration waited = settings.duration(PoolSetting.NO_WORKER_TIMEOUT);
      throw new NoWorkerException(
          task.name()
              + " did not run: there was no worker node for pool \""
              + settings.name()
              + "\" in cluster \""
              + settings.text(PoolSetting.CLUSTER)
              + "\" for "
              + waited
              + " (no-worker-timeout)"
              + unfit());
    } else if (credit.none() == Nodes.NoCredit.STOPPED) {
      throw settings.stopped();
    }
    return credit;
  }

  private String unfit() {
    String counted =
        unfit.values().stream()
            .collect(Collectors.groupingBy(why -> why, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
    return counted.isEmpty() ? "" : "; nodes that are there and get no calls: " + counted;
  }

  /** About to be sent, so that a stop finds it until it is closed. */
  Sending open(Node node, int count, IntFunction<@Nullable PoolTask<?>> tasks) {
    long delivery = deliveries.incrementAndGet();
    CallId id = new CallId(caller, delivery, 0);
    Thread driver = Thread.currentThread();
    Sending sending =
        new Sending(
            node,
            id,
            count,
            tasks,
            () -> {
              driven.remove(driver);
              sendings.remove(delivery);
            });
    sendings.put(delivery, sending);
    driven.put(driver, sending);
    return sending;
  }

  /**
   * Sends calls, and waits for what becomes of them.
   *
   * @param early takes what is told of some before all have ended
   * @return null when none has begun, and all may go elsewhere
   * @throws ExecutionException with why there is no answer, so that they may have run
   */
  @Nullable Answer ask(
      Credit credit,
      Sending sending,
      PoolTask<?> task,
      Parcel parcel,
      int count,
      ByteBuffer calls,
      Consumer<OutcomesMessage> early)
      throws ExecutionException, ProtocolDesyncException {
    try {
      send(sending, task, parcel, count, calls);
      Answer answer = Answer.read(sending.await(early));
      if (answer.kind() == Answer.Kind.LEAVING) {
        isDown(sending.node().name(), "it drains", false);
        sending.node().takes(-count);
        return null;
      } else if (answer.kind() != Answer.Kind.BUSY) {
        return answer;
      }
    } catch (ExecutionException e) {
      // A node that could not be reached rests for a moment, unless it is gone.
      if (!(e.getCause() instanceof NotSentException)) {
        throw e;
      }
    }
    credit.wasBusy();
    sending.node().takes(-count);
    return null;
  }

  private void send(Sending sending, PoolTask<?> task, Parcel parcel, int count, ByteBuffer calls) {
    CallHeader header = Parcels.header(task, parcel);
    byte[] envelope =
        new Envelope(
                caller,
                sending.id().delivery(),
                settings.name(),
                settings.payloadLimit(),
                task.site().limitSource(),
                header,
                count,
                calls)
            .write();
    sending.node().takes(count);
    String node = sending.node().name();
    if (!nodes.has(node)) {
      // Whoever took it off may not have seen that this was about to be sent.
      sending.ends(null, new NotSentException("worker node " + node + " is gone"));
      return;
    }
    CompletionStage<byte[]> unused = transport.send(node, envelope).whenComplete(sending::ends);
  }

  WorkerLostException lost(PoolTask<?> task, Node node, @Nullable Throwable why) {
    nodes.suspect(node);
    String text =
        task.name()
            + " may have run on worker node "
            + node.name()
            + " of pool \""
            + settings.name()
            + "\", which is lost"
            + (why == null ? "" : ": " + ReadableFailure.text(why));
    return new WorkerLostException(text, node.name(), why);
  }

  /** What a node would not run, for a reason that another one would have too. */
  static RejectedExecutionException refused(PoolTask<?> task, Node node, String why) {
    return new RejectedExecutionException(
        "worker node " + node.name() + " refused " + task.name() + ": " + why);
  }

  Ending read(PoolTask<?> task, Parcel parcel, Node node, ByteBuffer bytes) throws IOException {
    return parcels.read(task, parcel, "of node " + node.name(), bytes);
  }

  // ---- stop

  @Override
  public void stop(PoolTask<?> task, Thread runner) {
    parcels.stop(task, runner);
    Sending sending = driven.get(runner);
    int place = sending == null ? -1 : sending.placeOf(task);
    if (sending == null || place < 0) {
      nodes.wake(); // Between two tries: the next one finds the task ended.
    } else {
      interrupt(sending, place);
    }
  }

  void interrupt(Sending sending, int place) {
    CallId call = new CallId(sending.id().caller(), sending.id().delivery(), place);
    Guard.run(
        () -> "interrupt of a run", () -> transport.interrupt(sending.node().name(), call.text()));
  }

  @Override
  public void withdrawn(PoolTask<?> task) {
    nodes.wake();
  }

  @Override
  public void stopUnseen(Crew crew) {
    for (Sending each : sendings.values()) {
      for (int i = 0; i < each.count(); i++) {
        if (each.task(i) != null) {
          interrupt(each, i);
        }
      }
    }
    parcels.stopAll();
  }

  // ---- who is there

  @Override
  public void identify(PoolTask<?> task, Thread runner) {
    Sending sending = driven.get(runner);
    if (sending != null) {
      task.runsOn(sending.node().name(), 0);
    }
  }

  @Override
  public List<WorkerView> workers(Map<String, TaskView> running) {
    return nodes.all().stream().<WorkerView>map(node -> NodeView.of(node, running)).toList();
  }

  // ---- life cycle

  @Override
  public void prestart(Crew crew, int count) {
    transport.start(new NodeListener());
  }

  @Override
  public void shutdown() {
    parcels.shutdown();
  }

  @Override
  public void stopStarts() {
    nodes.stop();
  }

  @Override
  public void kill() {
    nodes.stop();
    sendings.values().forEach(each -> each.isLost(settings.stopped()));
  }

  @Override
  public void killAtExit() {
    kill();
    Guard.run(() -> "close of a cluster transport", transport::close);
  }

  @Override
  public void close() {
    parcels.close();
    Guard.run(() -> "close of a cluster transport", transport::close);
    nodes.all().forEach(each -> isDown(each.name(), "shutdown", false));
  }

  @Override
  public long started(long threads) {
    return nodes.everUp();
  }

  @Override
  public long crashed() {
    return nodes.everLost();
  }
}
