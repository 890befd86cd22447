package dev.poolwright.index;

import javax.annotation.processing.Generated;

/** Says that {@code demo.Pages} declares pools. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
interface demo_Pages {
  /** What declares them; processors of other compilations read it there. */
  String DECLARER = "demo.Pages";
}
