package demo;

import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that {@link Maths} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class Maths_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "demo.Maths";

  /** Called by {@code ServiceLoader}. */
  public Maths_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("cpu").maxWorkers(2),
            "demo.Maths.root(double)",
            false));
  }
}
