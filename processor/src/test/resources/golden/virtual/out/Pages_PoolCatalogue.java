package demo;

import dev.poolwright.VirtualPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.DurationText;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that {@link Pages} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class Pages_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "demo.Pages";

  /** Called by {@code ServiceLoader}. */
  public Pages_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            VirtualPoolConfig.named("web")
                .maxWorkers(100000)
                .queueCapacity(10000)
                .whenSaturated(SaturationPolicy.CALLER_RUNS)
                .timeout(DurationText.parse("30s")),
            "demo.Pages",
            true),
        new PoolCatalogue.Declaration(
            VirtualPoolConfig.named("mail"),
            "demo.Pages",
            true),
        new PoolCatalogue.Declaration(
            VirtualPoolConfig.named("db").maxWorkers(2000),
            "demo.Pages.put(String)",
            true));
  }
}
