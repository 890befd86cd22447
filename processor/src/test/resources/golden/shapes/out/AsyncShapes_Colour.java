package demo;

import dev.poolwright.CallOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Shapes.Colour}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncShapes_Colour {
  private final Shapes.Colour colour;
  private final CallSite<Shapes.Colour> hexSite;

  @Inject
  public AsyncShapes_Colour(Shapes.Colour colour, Pools pools) {
    this.colour = colour;
    this.hexSite =
        CallSite.of(Shapes.Colour.class, "hex()", "default")
            .needsModules()
            .open(pools);
  }

  private AsyncShapes_Colour(AsyncShapes_Colour other, CallOption[] options) {
    this.colour = other.colour;
    this.hexSite = other.hexSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncShapes_Colour with(CallOption... options) {
    return new AsyncShapes_Colour(this, options);
  }

  /** Submits {@link Shapes.Colour#hex()} to pool {@code default}. */
  public Task<String> hex() {
    return hexSite.submit(colour, new Hex());
  }

  /** A call of {@link Shapes.Colour#hex()}. */
  record Hex() implements Call<Shapes.Colour, String> {
    @Override
    public String on(Shapes.Colour colour) {
      return colour.hex();
    }
  }
}
