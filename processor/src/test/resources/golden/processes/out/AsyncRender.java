package demo;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Render}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncRender {
  private final Render render;
  private final CallSite<Render> drawSite;
  private final CallSite<Render> watchSite;
  private final CallSite<Render> logSite;

  @Inject
  public AsyncRender(Render render, Pools pools) {
    this.render = render;
    this.drawSite =
        CallSite.of(Render.class, "draw(Render.Scene)", "render")
            .retries(2)
            .needsModules()
            .open(pools);
    this.watchSite =
        CallSite.of(Render.class, "watch(Runnable)", "io")
            .cannotTravel("parameter work: Runnable")
            .needsModules()
            .open(pools);
    this.logSite = CallSite.ofStatic(Render.class, "log(String)", "log").open(pools);
  }

  private AsyncRender(AsyncRender other, CallOption[] options) {
    this.render = other.render;
    this.drawSite = other.drawSite.with(options);
    this.watchSite = other.watchSite.with(options);
    this.logSite = other.logSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncRender with(CallOption... options) {
    return new AsyncRender(this, options);
  }

  /** Submits {@link Render#draw(Render.Scene)} to pool {@code render}. */
  public Task<byte[]> draw(Render.Scene scene) {
    return drawSite.submit(render, new Draw(scene));
  }

  /** Submits {@link Render#draw(Render.Scene)} once for each element. */
  public Batch<byte[]> drawAll(Iterable<Render.Scene> scenes, MapOption... options) {
    return drawSite.map(render, Rows.of(scenes), row -> new Draw(row.next()), options);
  }

  /** Submits {@link Render#watch(Runnable)} to pool {@code io}. */
  public Task<Thread> watch(Runnable work) {
    return watchSite.submit(render, new Watch(work));
  }

  /** Submits {@link Render#watch(Runnable)} once for each element. */
  public Batch<Thread> watchAll(Iterable<? extends Runnable> works, MapOption... options) {
    return watchSite.map(render, Rows.of(works), row -> new Watch(row.next()), options);
  }

  /** Submits {@link Render#log(String)} to pool {@code log}. */
  public Task<Void> log(String line) {
    return logSite.submit(null, new Log(line));
  }

  /** A call of {@link Render#draw(Render.Scene)}. */
  record Draw(Render.Scene scene) implements Call<Render, byte[]> {
    @Override
    public byte[] on(Render render) {
      return render.draw(scene);
    }
  }

  /** A call of {@link Render#watch(Runnable)}. */
  record Watch(Runnable work) implements Call<Render, Thread> {
    @Override
    public Thread on(Render render) {
      return render.watch(work);
    }
  }

  /** A call of {@link Render#log(String)}. */
  record Log(String line) implements Call<Render, Void> {
    @Override
    public Void on(Render render) {
      Render.log(line);
      return null;
    }
  }
}
