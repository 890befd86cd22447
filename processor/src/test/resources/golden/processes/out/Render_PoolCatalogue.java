package demo;

import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.DurationText;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that {@link Render} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class Render_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "demo.Render";

  /** Called by {@code ServiceLoader}. */
  public Render_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            ProcessPoolConfig.named("render")
                .maxWorkers(2)
                .queueCapacity(10)
                .queueBytes(1073741824L)
                .whenSaturated(SaturationPolicy.REJECT)
                .keepAlive(DurationText.parse("1m"))
                .prestart(1)
                .timeout(DurationText.parse("30s"))
                .cancelGrace(DurationText.parse("250ms"))
                .maxTasksPerWorker(100)
                .retries(3)
                .startTimeout(DurationText.parse("PT10S"))
                .exitTimeout(DurationText.parse("5s"))
                .jvmArgs("-Xmx256m", "-Dquote=\"$\"")
                .environment("LANG=C")
                .initializer(Render.Warm.class)
                .modules(Render.Wiring.class)
                .payloadLimit(1048576L)
                .allow("demo.**", "java.net.URI")
                .crashFiles("/var/crash"),
            "demo.Render",
            true));
  }
}
