package demo.base;

import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that {@link Base} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class Base_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "demo.base.Base";

  /** Called by {@code ServiceLoader}. */
  public Base_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("io").maxWorkers(4),
            "demo.base.Base.load(T)",
            false));
  }
}
