package demo;

import dev.poolwright.CallOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Shapes.Circle}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncShapes_Circle {
  private final Shapes.Circle circle;
  private final CallSite<Shapes.Circle> areaSite;

  @Inject
  public AsyncShapes_Circle(Shapes.Circle circle, Pools pools) {
    this.circle = circle;
    this.areaSite =
        CallSite.of(Shapes.Circle.class, "area()", "default")
            .needsModules()
            .open(pools);
  }

  private AsyncShapes_Circle(AsyncShapes_Circle other, CallOption[] options) {
    this.circle = other.circle;
    this.areaSite = other.areaSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncShapes_Circle with(CallOption... options) {
    return new AsyncShapes_Circle(this, options);
  }

  /** Submits {@link Shapes.Circle#area()} to pool {@code default}. */
  public Task<Double> area() {
    return areaSite.submit(circle, new Area());
  }

  /** A call of {@link Shapes.Circle#area()}. */
  record Area() implements Call<Shapes.Circle, Double> {
    @Override
    public Double on(Shapes.Circle circle) {
      return circle.area();
    }
  }
}
