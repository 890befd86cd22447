package demo;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.DurationText;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that {@link Sums} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class Sums_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "demo.Sums";

  /** Called by {@code ServiceLoader}. */
  public Sums_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            ClusterPoolConfig.named("sums")
                .cluster("orders-v42")
                .maxWorkers(300)
                .queueCapacity(7)
                .whenSaturated(SaturationPolicy.REJECT)
                .timeout(DurationText.parse("3s"))
                .noWorkerTimeout(DurationText.parse("5s"))
                .retries(2)
                .payloadLimit(4096L)
                .queueBytes(5000L)
                .allow("demo.**"),
            "demo.Sums",
            true));
  }
}
