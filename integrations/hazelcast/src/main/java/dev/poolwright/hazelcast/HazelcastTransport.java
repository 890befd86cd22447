package dev.poolwright.hazelcast;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.client.impl.clientside.HazelcastClientInstanceImpl;
import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.poolwright.hazelcast.Greeting.OfCaller;
import dev.poolwright.hazelcast.Greeting.Welcome;
import dev.poolwright.hazelcast.Seal.ForgedException;
import dev.poolwright.hazelcast.Seal.Kind;
import dev.poolwright.spi.ClusterTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries the calls of one pool, by the client of Hazelcast that it shares with others.
 *
 * <p>Each member is greeted; one that answers in the name of the cluster's secret is a worker.
 * Calls go to a member by name, since one that is sent to whichever there is would be sent again by
 * Hazelcast when that one is lost.
 */
final class HazelcastTransport implements ClusterTransport, ClusterClient.User {
  private static final System.Logger LOG = System.getLogger("dev.poolwright");
  private static final long GREET_AGAIN_MILLIS = 500;

  /** A client connects to new members by and by. */
  private static final long CONNECTS_MILLIS = 50;

  /** One that goes by another member, as it does until there is a connection, can be lost. */
  private static final long GREETING_MILLIS = 2_000;

  /** A node that starts, or is about to be lost, may not answer for a while. */
  private static final int FAILURES_TOLD = 3;

  /** A member that answered our greeting. */
  private static final class NodeSession {
    final Member member;
    final byte[] session;

    /** Of Hazelcast: when it ends, the member forgets the session. */
    final Object connection;

    // Guarded by the transport.
    int calls;
    boolean isLeaving;

    NodeSession(Member member, byte[] session, Object connection) {
      this.member = member;
      this.session = session;
      this.connection = connection;
    }
  }

  private final CallerSettings settings;
  private final String pool;
  private final String caller;
  private final Seal seal;
  private final ClusterClient shared;
  private volatile @Nullable Listener listener; // Set once.

  /** Of the topic; confined to the thread of the client. */
  private @Nullable UUID listening;

  @GuardedBy("this")
  private boolean isClosed;

  @GuardedBy("this")
  private final Map<String, Member> members = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, NodeSession> workers = new HashMap<>();

  /** How often each was greeted in vain; of one that refused, as often as is told. */
  private final Map<String, Integer> ungreeted = new ConcurrentHashMap<>();

  HazelcastTransport(ClusterClient shared, String pool, String caller) {
    this.settings = shared.settings();
    this.shared = shared;
    this.pool = pool;
    this.caller = caller;
    this.seal = new Seal(settings.secret());
  }

  @Override
  public void start(Listener told) {
    listener = told;
    shared.start(this);
  }

  private void listen(HazelcastInstance client, Listener listener) {
    if (listening != null) {
      return;
    }
    try {
      listening =
          client
              .<byte[]>getTopic(HazelcastSettings.TOPIC + caller)
              .addMessageListener(message -> told(message.getMessageObject(), listener));
    } catch (RuntimeException e) {
      shared.later(() -> listen(client, listener), GREET_AGAIN_MILLIS);
    }
  }

  private void told(byte[] sealed, Listener listener) {
    try {
      byte[] session = Seal.sessionOf(sealed);
      String name = null;
      synchronized (this) {
        for (Map.Entry<String, NodeSession> each : workers.entrySet()) {
          if (Arrays.equals(each.getValue().session, session)) {
            name = each.getKey();
          }
        }
      }
      if (name != null) {
        byte[] message = seal.open(Kind.MESSAGE, session, sealed);
        if (message.length == 0) {
          leaves(name, listener);
        } else {
          listener.message(name, message);
        }
      }
    } catch (ForgedException e) {
      LOG.log(Level.WARNING, "refused a message of cluster \"" + settings.cluster() + "\"", e);
    }
  }

  /** A node takes no more calls: it ends when it knows that its answers have come. */
  private void leaves(String name, Listener listener) {
    NodeSession worker;
    boolean isIdle;
    synchronized (this) {
      worker = workers.get(name);
      if (worker == null) {
        return;
      }
      worker.isLeaving = true;
      isIdle = worker.calls == 0;
    }
    listener.down(name, "it drains", false);
    if (isIdle) {
      order(worker, Kind.GOODBYE, new byte[0]);
    }
  }

  private void hasAnswered(NodeSession worker) {
    boolean isLast;
    synchronized (this) {
      isLast = --worker.calls == 0 && worker.isLeaving;
    }
    if (isLast) {
      order(worker, Kind.GOODBYE, new byte[0]);
    }
  }

  private void order(NodeSession worker, Kind kind, byte[] bytes) {
    HazelcastInstance now = shared.client();
    if (now == null) {
      return;
    }
    try {
      NodeMessage message = new NodeMessage(kind, seal.close(kind, worker.session, bytes));
      var unused = ask(now, HazelcastSettings.ORDERS, worker.member, message);
    } catch (RuntimeException e) {
      // The node is gone, and its runs with it; or its client is, which the node sees.
      LOG.log(Level.DEBUG, "no order could be sent to " + name(worker.member), e);
    }
  }

  // ---- who is there

  private static String name(Member member) {
    return member.getAddress().getHost()
        + ':'
        + member.getAddress().getPort()
        + '/'
        + member.getUuid().toString().substring(0, 8);
  }

  @Override
  public void found(Member member) {
    Listener told = listener;
    synchronized (this) {
      if (told == null || isClosed || members.putIfAbsent(name(member), member) != null) {
        return;
      }
    }
    shared.later(() -> greet(member, told), 0);
  }

  @Override
  public void gone(Member member) {
    Listener told = listener;
    String name = name(member);
    ungreeted.remove(name);
    boolean wasWorker;
    synchronized (this) {
      members.remove(name);
      wasWorker = workers.remove(name) != null;
    }
    if (wasWorker && told != null) {
      told.down(name, "it left the cluster", true);
    }
  }

  /** No node can be reached; those that are there when one can be again are greeted anew. */
  @Override
  public void allGone() {
    List<Member> known;
    synchronized (this) {
      known = List.copyOf(members.values());
    }
    known.forEach(this::gone);
  }

  /**
   * A node forgets a caller when the connection to it breaks: whatever it had, it has no more.
   *
   * @param isGone whether calls may be on their way that nobody else ends
   */
  private void greetAnew(NodeSession worker, boolean isGone) {
    Listener told = listener;
    boolean isKnown;
    synchronized (this) {
      isKnown = workers.remove(name(worker.member), worker);
    }
    if (isKnown && told != null) {
      told.down(name(worker.member), "it does not know this caller any more", isGone);
      greet(worker.member, told);
    }
  }

  private void greet(Member member, Listener listener) {
    HazelcastInstance now = shared.client();
    if (!isToBeGreeted(member)) {
      return;
    }
    Object connection = now == null ? null : connection(now, member);
    if (now == null || connection == null) {
      shared.later(() -> greet(member, listener), CONNECTS_MILLIS);
      return;
    }
    try {
      listen(now, listener);
      OfCaller hello = new OfCaller(caller, now.getLocalEndpoint().getUuid().toString(), pool);
      byte[] sealed = seal.close(Kind.HELLO, Seal.NO_SESSION, hello.write());
      var unused =
          ask(now, HazelcastSettings.ORDERS, member, new NodeMessage(Kind.HELLO, sealed))
              .orTimeout(GREETING_MILLIS, TimeUnit.MILLISECONDS)
              .whenCompleteAsync(
                  (answer, failure) -> welcomed(member, connection, answer, failure, listener),
                  work -> shared.later(work, 0));
    } catch (HazelcastClientOfflineException e) { // It has a connection before it may use one.
      shared.later(() -> greet(member, listener), CONNECTS_MILLIS);
    } catch (RuntimeException e) {
      ungreeted(member, e, listener);
    }
  }

  private synchronized boolean isToBeGreeted(Member member) {
    return !isClosed && members.containsKey(name(member));
  }

  private void ungreeted(Member member, @Nullable Throwable failure, Listener listener) {
    if (!isToBeGreeted(member)) {
      return;
    }
    String name = name(member);
    int before = ungreeted.getOrDefault(name, 0);
    int now = before + (failure == null ? FAILURES_TOLD : 1);
    ungreeted.put(name, now);
    LOG.log(
        before < FAILURES_TOLD && now >= FAILURES_TOLD ? Level.WARNING : Level.DEBUG,
        "worker node "
            + name
            + (failure == null
                ? " did not accept our greeting; do the secrets differ?"
                : " could not be greeted"),
        failure);
    shared.later(() -> greet(member, listener), GREET_AGAIN_MILLIS);
  }

  private void welcomed(
      Member member,
      Object connection,
      byte @Nullable [] answer,
      @Nullable Throwable failure,
      Listener listener) {
    if (answer == null || answer.length == 0) {
      ungreeted(member, failure, listener);
      return;
    }
    ungreeted.remove(name(member));
    try {
      byte[] session = Seal.sessionOf(answer);
      Welcome welcome = Welcome.read(seal.open(Kind.WELCOME, session, answer));
      if (welcome.places() == Welcome.NOT_YET) {
        shared.later(() -> greet(member, listener), CONNECTS_MILLIS);
        return;
      }
      NodeSession worker = new NodeSession(member, session, connection);
      boolean isLate;
      synchronized (this) {
        isLate = isClosed;
        if (!isLate && !members.containsKey(name(member))) {
          return;
        } else if (!isLate) {
          workers.put(name(member), worker);
        }
      }
      if (isLate) { // It is not among those that were told of the end.
        order(worker, Kind.GOODBYE, new byte[0]);
        return;
      }
      listener.up(name(member), welcome.places(), welcome.fingerprint());
      boolean isThere;
      synchronized (this) {
        isThere = workers.get(name(member)) == worker;
      }
      if (!isThere) { // Whoever told that may have done so before.
        listener.down(name(member), "it left the cluster", true);
      }
    } catch (ForgedException | IOException e) {
      LOG.log(Level.WARNING, "refused the answer of worker node " + name(member), e);
    }
  }

  // ---- what is sent

  /**
   * The connection to a member, or null. Without one a call would go by another member, and end
   * with that. The public interface of Hazelcast does not tell.
   */
  private static @Nullable Object connection(HazelcastInstance client, Member member) {
    HazelcastClientInstanceImpl started = ((HazelcastClientProxy) client).client;
    return started == null
        ? null
        : started.getConnectionManager().getActiveConnection(member.getUuid());
  }

  /**
   * Has an answer or a failure in any case. Hazelcast's own futures are stages, which would use the
   * common pool.
   */
  @SuppressWarnings("unchecked")
  private static CompletableFuture<byte[]> ask(
      HazelcastInstance client, String executor, Member member, NodeMessage message) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    var unused =
        ((CompletionStage<byte[]>)
                client.getExecutorService(executor).submitToMember(message, member))
            .whenCompleteAsync((bytes, failure) -> end(answer, bytes, failure), Runnable::run);
    return answer;
  }

  private static void end(
      CompletableFuture<byte[]> answer, byte @Nullable [] bytes, @Nullable Throwable failure) {
    boolean unused =
        bytes != null
            ? answer.complete(bytes)
            : answer.completeExceptionally(
                failure == null ? new IllegalStateException("no answer") : failure);
  }

  @Override
  public CompletionStage<byte[]> send(String name, byte[] envelope) {
    HazelcastInstance now = shared.client();
    NodeSession worker;
    synchronized (this) {
      worker = workers.get(name);
      Object connection =
          now == null || worker == null || worker.isLeaving ? null : connection(now, worker.member);
      if (now == null || worker == null || connection == null) {
        return notSent("worker node " + name + " is not there any more");
      } else if (connection != worker.connection) {
        NodeSession unknown = worker;
        shared.later(() -> greetAnew(unknown, false), 0); // Hazelcast ends those of the old one.
        return notSent("worker node " + name + " was connected anew");
      }
      worker.calls++;
    }
    byte[] session = worker.session;
    CompletableFuture<byte[]> opened = new CompletableFuture<>();
    CompletableFuture<byte[]> asked;
    try {
      NodeMessage message = new NodeMessage(Kind.CALL, seal.close(Kind.CALL, session, envelope));
      asked = ask(now, HazelcastSettings.CALLS, worker.member, message);
    } catch (RuntimeException e) {
      asked = CompletableFuture.failedFuture(e); // It cannot be told how far it came.
    }
    var unused =
        asked.whenComplete(
            (answer, failure) -> {
              answered(opened, worker, answer, failure);
              hasAnswered(worker);
            });
    return opened;
  }

  private static CompletionStage<byte[]> notSent(String why) {
    return CompletableFuture.failedFuture(new NotSentException(why));
  }

  private void answered(
      CompletableFuture<byte[]> opened,
      NodeSession worker,
      byte @Nullable [] answer,
      @Nullable Throwable failure) {
    boolean unused;
    if (answer == null) {
      unused = opened.completeExceptionally(told(Objects.requireNonNull(failure)));
      return;
    }
    try {
      unused = opened.complete(seal.open(Kind.ANSWER, worker.session, answer));
    } catch (ForgedException e) {
      unused = opened.completeExceptionally(e);
      shared.later(() -> greetAnew(worker, true), 0);
    }
  }

  /**
   * A client that has no connection sends nothing, and says so to whoever asked. It says the same
   * when it repeats a call on a thread of its own, for instance because the member shut down
   * meanwhile; then, as with everything else, the call may have come through before.
   */
  static Throwable told(Throwable failure) {
    Throwable why =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return why instanceof HazelcastClientOfflineException && isOfFirstTry(why)
        ? new NotSentException("the client has no connection to the cluster")
        : why;
  }

  private static boolean isOfFirstTry(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(HazelcastTransport.class.getName()));
  }

  @Override
  public void interrupt(String name, String call) {
    NodeSession worker;
    synchronized (this) {
      worker = workers.get(name);
    }
    if (worker != null) {
      order(worker, Kind.INTERRUPT, call.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    List<NodeSession> left;
    synchronized (this) {
      if (isClosed) {
        return;
      }
      left = List.copyOf(workers.values());
    }
    // Those who go on use the same client, so that its end does not tell the nodes.
    left.forEach(each -> order(each, Kind.GOODBYE, new byte[0]));
    synchronized (this) {
      isClosed = true;
      members.clear();
      workers.clear();
    }
    shared.later(this::listenNoMore, 0);
    shared.leave(this);
  }

  private void listenNoMore() {
    HazelcastInstance now = shared.client();
    UUID registration = listening;
    if (now != null && registration != null) {
      try {
        boolean unused =
            now.getTopic(HazelcastSettings.TOPIC + caller).removeMessageListener(registration);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "no end of the messages for pool \"" + pool + '"', e);
      }
    }
  }
}
