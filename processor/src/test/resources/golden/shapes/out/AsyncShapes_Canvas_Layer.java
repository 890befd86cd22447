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
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Shapes.Canvas.Layer}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
final class AsyncShapes_Canvas_Layer {
  private final Shapes.Canvas.Layer layer;
  private final CallSite<Shapes.Canvas.Layer> mergeSite;

  @Inject
  public AsyncShapes_Canvas_Layer(Shapes.Canvas.Layer layer, Pools pools) {
    this.layer = layer;
    this.mergeSite =
        CallSite.of(Shapes.Canvas.Layer.class, "merge(Shapes.Canvas.Layer)", "default").open(pools);
  }

  private AsyncShapes_Canvas_Layer(AsyncShapes_Canvas_Layer other, CallOption[] options) {
    this.layer = other.layer;
    this.mergeSite = other.mergeSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncShapes_Canvas_Layer with(CallOption... options) {
    return new AsyncShapes_Canvas_Layer(this, options);
  }

  /** Submits {@link Shapes.Canvas.Layer#merge(Shapes.Canvas.Layer)} to pool {@code default}. */
  public Task<Void> merge(Shapes.Canvas.Layer other) {
    return mergeSite.submit(layer, new Merge(other));
  }

  /** Submits {@link Shapes.Canvas.Layer#merge(Shapes.Canvas.Layer)} once for each element. */
  public Batch<Void> mergeAll(Iterable<? extends Shapes.Canvas.Layer> others,
      MapOption... options) {
    return mergeSite.map(layer, Rows.of(others), row -> new Merge(row.next()), options);
  }

  /** A call of {@link Shapes.Canvas.Layer#merge(Shapes.Canvas.Layer)}. */
  record Merge(Shapes.Canvas.Layer other) implements Call<Shapes.Canvas.Layer, Void> {
    @Override
    public Void on(Shapes.Canvas.Layer layer) {
      layer.merge(other);
      return null;
    }

    @Override
    public Shapes.Canvas.Layer target(Targets<Shapes.Canvas.Layer> targets) throws Exception {
      return targets.made(Shapes.Canvas.Layer::new);
    }
  }
}
