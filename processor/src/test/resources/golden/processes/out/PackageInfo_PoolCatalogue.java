package demo;

import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that package {@code demo} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class PackageInfo_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "demo";

  /** Called by {@code ServiceLoader}. */
  public PackageInfo_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("io").maxWorkers(4),
            "package demo",
            true),
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("log")
                .maxWorkers(1)
                .queueCapacity(100),
            "package demo",
            true));
  }
}
