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
   * One declaration. Made by generated code; later versions may say more of it.
   *
   * <p><b>Shape:</b> immutable.
   */
  final class Declaration {
    private final PoolConfig config;
    private final String source;
    private final boolean kindGiven;

    /**
     * As it was written.
     *
     * @param config its explicit settings
     * @param source where it stands, as {@code "com.example.Crawler.get(String)"}
     * @param kindGiven whether the kind is explicit; otherwise it agrees with any kind
     */
    public Declaration(PoolConfig config, String source, boolean kindGiven) {
      this.config = config;
      this.source = source;
      this.kindGiven = kindGiven;
    }

    /**
     * The settings that are explicit.
     *
     * @return of the pool
     */
    public PoolConfig config() {
      return config;
    }

    /**
     * Where it stands.
     *
     * @return as {@code "com.example.Crawler.get(String)"}
     */
    public String source() {
      return source;
    }

    /**
     * Whether the kind is explicit.
     *
     * @return false when it agrees with any kind
     */
    public boolean kindGiven() {
      return kindGiven;
    }
  }
}
