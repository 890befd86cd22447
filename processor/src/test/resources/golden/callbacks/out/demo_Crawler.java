package dev.poolwright.index;

import javax.annotation.processing.Generated;

/** Says that {@code demo.Crawler} declares pools. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
interface demo_Crawler {
  /** What declares them; processors of other compilations read it there. */
  String DECLARER = "demo.Crawler";
}
