package dev.poolwright.hazelcast;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.hazelcast.Greeting.OfCaller;
import dev.poolwright.hazelcast.Greeting.Welcome;
import dev.poolwright.hazelcast.Seal.ForgedException;
import dev.poolwright.hazelcast.Seal.Kind;
import dev.poolwright.spi.ClusterWorker;
import dev.poolwright.spi.ClusterWorker.EnvelopeRun;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a node does with sealed bytes. It looks at nothing that is not sealed by the secret of the
 * cluster.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class NodeServer {
  private static final System.Logger LOG = System.getLogger("dev.poolwright");
  private static final byte[] NOTHING = {};

  /** Whoever has seen a greeting can send it again; it gets a session, and can do nothing in it. */
  private static final int MOST_SESSIONS = 10_000;

  /** One caller here, by one connection, with what runs for it. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Session(String caller, String client, byte[] name, Set<EnvelopeRun> runs) {}

  private final ClusterWorker worker;
  private final Map<String, Integer> places;
  private final Seal seal;
  private final AtomicLong forged = new AtomicLong();

  private volatile Predicate<String> clients = client -> false;
  private volatile Consumer<String> forgotten = caller -> {};

  @GuardedBy("sessions")
  private boolean isLeaving;

  private final Map<String, Session> sessions =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
              return size() > MOST_SESSIONS;
            }
          });

  NodeServer(ClusterWorker worker, Map<String, Integer> places, Seal seal) {
    this.worker = worker;
    this.places = Map.copyOf(places);
    this.seal = seal;
  }

  /** Tells which clients of Hazelcast have a connection to this node. */
  void near(Predicate<String> connected) {
    clients = connected;
  }

  /** Is told of each caller that has ended. */
  void whenForgotten(Consumer<String> told) {
    forgotten = told;
  }

  /** Takes what came; what it answers is empty where it has nothing to say. Never throws. */
  byte[] take(Kind kind, byte[] sealed) {
    try {
      return switch (kind) {
        case HELLO -> welcome(sealed);
        case CALL -> within(kind, sealed, this::answer);
        case INTERRUPT -> within(kind, sealed, this::interrupt);
        case GOODBYE -> within(kind, sealed, this::goodbye);
        default -> NOTHING;
      };
    } catch (ForgedException | IOException e) {
      tell(e);
      return NOTHING;
    } catch (InterruptedException e) {
      return NOTHING; // The member stops: its callers see that it is gone.
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a node failed to take a message", e);
      return NOTHING;
    }
  }

  /** Not each: who forges one forges many. */
  private void tell(Exception e) {
    long count = forged.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.log(
          Level.WARNING,
          "refused what did not come from a caller with the secret ("
              + count
              + " until now): "
              + e.getMessage());
    }
  }

  private byte[] welcome(byte[] sealed) throws ForgedException, IOException {
    OfCaller hello = OfCaller.read(seal.open(Kind.HELLO, Seal.NO_SESSION, sealed));
    byte[] name = seal.newSession();
    // What goes by another member ends with that, and such a caller's own end would not be seen.
    boolean isNear = clients.test(hello.client());
    boolean isOpen;
    synchronized (sessions) {
      isOpen = !isLeaving && isNear;
      if (isOpen) {
        sessions.put(
            text(name),
            new Session(hello.caller(), hello.client(), name, ConcurrentHashMap.newKeySet()));
      }
    }
    int open = !isNear ? Welcome.NOT_YET : isOpen ? places.getOrDefault(hello.pool(), 0) : 0;
    Welcome welcome = new Welcome(open, worker.fingerprint());
    return seal.close(Kind.WELCOME, name, welcome.write());
  }

  private static String text(byte[] session) {
    return HexFormat.of().formatHex(session);
  }

  /**
   * Opens what belongs to a session. Nobody forged what comes when that is over: orders overtake
   * each other, and a caller's connection may have been lost.
   */
  private byte[] within(Kind kind, byte[] sealed, Taker taker)
      throws ForgedException, InterruptedException {
    byte[] name = Seal.sessionOf(sealed);
    byte[] bytes = seal.open(kind, name, sealed);
    Session session = sessions.get(text(name));
    if (session == null) {
      LOG.log(Level.DEBUG, "a {0} came after the end of its session", kind);
      return NOTHING;
    }
    return taker.take(session, bytes);
  }

  /** What is done with the bytes of a session. */
  private interface Taker {
    byte[] take(Session session, byte[] bytes) throws InterruptedException;
  }

  private byte[] answer(Session session, byte[] envelope) throws InterruptedException {
    EnvelopeRun run = worker.call(session.caller(), envelope);
    session.runs().add(run);
    try {
      if (!sessions.containsKey(text(session.name()))) {
        Set<String> unused =
            over(List.of(session)); // Whoever took it off may not have seen this run.
      }
      byte[] answer = run.answer().toCompletableFuture().get();
      return seal.close(Kind.ANSWER, session.name(), answer);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      session.runs().remove(run);
    }
  }

  private byte[] interrupt(Session session, byte[] call) {
    worker.interrupt(session.caller(), new String(call, StandardCharsets.UTF_8));
    return NOTHING;
  }

  private byte[] goodbye(Session session, byte[] unused) {
    left(isOf(session.caller())).forEach(forgotten);
    return NOTHING;
  }

  /** Takes sessions off, and tells whose they were. */
  private Set<String> left(Predicate<Session> who) {
    List<Session> gone = new ArrayList<>();
    synchronized (sessions) {
      sessions.values().removeIf(each -> who.test(each) && gone.add(each));
      sessions.notifyAll();
    }
    return over(gone);
  }

  /**
   * Stops what runs in sessions that are no more. Their callers are forgotten, but for those that
   * are back by another session, whose runs go on.
   */
  private Set<String> over(List<Session> gone) {
    Set<String> callers = new LinkedHashSet<>();
    for (Session each : gone) {
      callers.add(each.caller());
      each.runs().forEach(EnvelopeRun::stop);
    }
    synchronized (sessions) { // So that nobody comes back meanwhile.
      callers.stream()
          .filter(caller -> sessions.values().stream().noneMatch(isOf(caller)))
          .forEach(worker::callerLeft);
    }
    return callers;
  }

  private static Predicate<Session> isOf(String caller) {
    return each -> each.caller().equals(caller);
  }

  /**
   * Asks the callers to say goodbye, which each does as soon as it has all its answers.
   *
   * @param tell takes a caller, and an empty message for it
   */
  void leave(BiConsumer<String, byte[]> tell) {
    Set<String> callers = new LinkedHashSet<>();
    synchronized (sessions) {
      isLeaving = true;
      sessions.values().forEach(each -> callers.add(each.caller()));
    }
    callers.forEach(each -> tell.accept(each, NOTHING));
  }

  /** Waits until all callers have said goodbye or are gone, and no longer than that. */
  void awaitGoodbyes(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (sessions) {
      long left = millis;
      while (!sessions.isEmpty() && left > 0) {
        sessions.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    }
  }

  /**
   * Seals what goes to a caller; null when it has no session. Of several it may know one alone: the
   * one that it used last, and the map has that behind the others.
   */
  byte @Nullable [] message(String caller, byte[] bytes) {
    Session last = null;
    for (Session each : List.copyOf(sessions.values())) {
      if (each.caller().equals(caller)) {
        last = each;
      }
    }
    return last == null ? null : seal.close(Kind.MESSAGE, last.name(), bytes);
  }

  /** A client of Hazelcast is gone, and with it the callers that were behind it. */
  void clientLeft(String client) {
    Set<String> callers = left(each -> each.client().equals(client));
    if (!clients.test(client)) { // It may be back by another connection.
      callers.forEach(forgotten);
    }
  }
}
