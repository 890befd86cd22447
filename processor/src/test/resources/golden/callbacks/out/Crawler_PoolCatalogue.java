package demo;

import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that {@link Crawler} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class Crawler_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "demo.Crawler";

  /** Called by {@code ServiceLoader}. */
  public Crawler_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("io").maxWorkers(4),
            "demo.Crawler.get(String)",
            false),
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("cpu").maxWorkers(2),
            "demo.Crawler.parse(String)",
            false),
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("db").maxWorkers(1),
            "demo.Crawler.save(List)",
            false));
  }
}
