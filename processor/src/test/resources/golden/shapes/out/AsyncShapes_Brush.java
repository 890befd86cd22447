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

/** Submits the {@code @Async} methods of {@link Shapes.Brush}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncShapes_Brush {
  private final Shapes.Brush brush;
  private final CallSite<Shapes.Brush> paintSite;
  private final CallSite<Shapes.Brush> redSite;

  @Inject
  public AsyncShapes_Brush(Shapes.Brush brush, Pools pools) {
    this.brush = brush;
    this.paintSite =
        CallSite.of(Shapes.Brush.class, "paint(Shapes.Colour)", "default")
            .needsModules()
            .open(pools);
    this.redSite =
        CallSite.of(Shapes.Brush.class, "red()", "default")
            .needsModules()
            .open(pools);
  }

  private AsyncShapes_Brush(AsyncShapes_Brush other, CallOption[] options) {
    this.brush = other.brush;
    this.paintSite = other.paintSite.with(options);
    this.redSite = other.redSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncShapes_Brush with(CallOption... options) {
    return new AsyncShapes_Brush(this, options);
  }

  /** Submits {@link Shapes.Brush#paint(Shapes.Colour)} to pool {@code default}. */
  public Task<byte[]> paint(Shapes.Colour colour) {
    return paintSite.submit(brush, new Paint(colour));
  }

  /** Submits {@link Shapes.Brush#paint(Shapes.Colour)} once for each element. */
  public Batch<byte[]> paintAll(Iterable<Shapes.Colour> colours, MapOption... options) {
    return paintSite.map(brush, Rows.of(colours), row -> new Paint(row.next()), options);
  }

  /** Submits {@link Shapes.Brush#red()} to pool {@code default}. */
  public Task<byte[]> red() {
    return redSite.submit(brush, new Red());
  }

  /** A call of {@link Shapes.Brush#paint(Shapes.Colour)}. */
  record Paint(Shapes.Colour colour) implements Call<Shapes.Brush, byte[]> {
    @Override
    public byte[] on(Shapes.Brush brush) {
      return brush.paint(colour);
    }
  }

  /** A call of {@link Shapes.Brush#red()}. */
  record Red() implements Call<Shapes.Brush, byte[]> {
    @Override
    public byte[] on(Shapes.Brush brush) {
      return brush.red();
    }
  }
}
