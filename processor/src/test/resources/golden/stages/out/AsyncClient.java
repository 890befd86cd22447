package demo;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import dev.poolwright.spi.Targets;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.annotation.processing.Generated;
import kotlin.Unit;

/** Submits the {@code @Async} methods of {@link Client}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncClient {
  private final Client client;
  private final CallSite<Client> getSite;
  private final CallSite<Client> numbersSite;
  private final CallSite<Client> nothingSite;
  private final CallSite<Client> unitSite;

  @Inject
  public AsyncClient(Client client, Pools pools) {
    this.client = client;
    this.getSite =
        CallSite.of(Client.class, "get(String)", "default")
            .returnsStage()
            .open(pools);
    this.numbersSite =
        CallSite.ofStatic(Client.class, "numbers()", "default")
            .returnsStage()
            .open(pools);
    this.nothingSite = CallSite.of(Client.class, "nothing()", "default").open(pools);
    this.unitSite = CallSite.of(Client.class, "unit(String)", "default").open(pools);
  }

  private AsyncClient(AsyncClient other, CallOption[] options) {
    this.client = other.client;
    this.getSite = other.getSite.with(options);
    this.numbersSite = other.numbersSite.with(options);
    this.nothingSite = other.nothingSite.with(options);
    this.unitSite = other.unitSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncClient with(CallOption... options) {
    return new AsyncClient(this, options);
  }

  /** Submits {@link Client#get(String)} to pool {@code default}. */
  public Task<String> get(String url) {
    return getSite.submit(client, new Get(url));
  }

  /** Submits {@link Client#get(String)} once for each element. */
  public Batch<String> getAll(Iterable<String> urls, MapOption... options) {
    return getSite.map(client, Rows.of(urls), row -> new Get(row.next()), options);
  }

  /** Submits {@link Client#numbers()} to pool {@code default}. */
  public Task<List<? extends Number>> numbers() {
    return numbersSite.submit(null, new Numbers());
  }

  /** Submits {@link Client#nothing()} to pool {@code default}. */
  public Task<Void> nothing() {
    return nothingSite.submit(client, new Nothing());
  }

  /** Submits {@link Client#unit(String)} to pool {@code default}. */
  public Task<Unit> unit(String text) {
    return unitSite.submit(client, new Unit_(text));
  }

  /** Submits {@link Client#unit(String)} once for each element. */
  public Batch<Unit> unitAll(Iterable<String> texts, MapOption... options) {
    return unitSite.map(client, Rows.of(texts), row -> new Unit_(row.next()), options);
  }

  /** A call of {@link Client#get(String)}. */
  record Get(String url) implements Call<Client, String> {
    @Override
    public CompletionStage<String> on(Client client) {
      return client.get(url);
    }

    @Override
    public Client target(Targets<Client> targets) throws Exception {
      return targets.made(Client::new);
    }
  }

  /** A call of {@link Client#numbers()}. */
  record Numbers() implements Call<Client, List<? extends Number>> {
    @Override
    public CompletableFuture<List<? extends Number>> on(Client client) {
      return Client.numbers();
    }
  }

  /** A call of {@link Client#nothing()}. */
  record Nothing() implements Call<Client, Void> {
    @Override
    public Void on(Client client) {
      return client.nothing();
    }

    @Override
    public Client target(Targets<Client> targets) throws Exception {
      return targets.made(Client::new);
    }
  }

  /** A call of {@link Client#unit(String)}. */
  record Unit_(String text) implements Call<Client, Unit> {
    @Override
    public Unit on(Client client) {
      return client.unit(text);
    }

    @Override
    public Client target(Targets<Client> targets) throws Exception {
      return targets.made(Client::new);
    }
  }
}
