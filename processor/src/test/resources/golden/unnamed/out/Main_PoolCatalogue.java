import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.PoolCatalogue;
import java.util.List;
import javax.annotation.processing.Generated;

/** The pools that {@link Main} declares. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
public final class Main_PoolCatalogue implements PoolCatalogue {
  /** What declares them; processors of other compilations read it there. */
  public static final String DECLARER = "Main";

  /** Called by {@code ServiceLoader}. */
  public Main_PoolCatalogue() {}

  @Override
  public List<PoolCatalogue.Declaration> declarations() {
    return List.of(
        new PoolCatalogue.Declaration(
            ThreadPoolConfig.named("io").maxWorkers(1),
            "Main.greet(String)",
            false));
  }
}
