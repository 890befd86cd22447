package dev.poolwright.spi;

import dev.poolwright.PoolConfig;
import java.util.List;

/** The pools that one class declares by annotations. Generated, and found as a service. */
public interface PoolCatalogue {

  /**
   * The declarations.
   *
   * @return in source order; a pool may be declared several times
   */
  List<Declaration> declarations();

  /**
   * One declaration.
   *
   * @param config its explicit settings
   * @param source where it stands, as {@code "com.example.Crawler.get(String)"}
   * @param kindGiven whether the kind is explicit; otherwise it agrees with any kind
   */
  record Declaration(PoolConfig config, String source, boolean kindGiven) {}
}
