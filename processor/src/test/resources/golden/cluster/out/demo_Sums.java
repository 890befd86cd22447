package dev.poolwright.index;

import javax.annotation.processing.Generated;

/** Says that {@code demo.Sums} declares pools. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
interface demo_Sums {
  /** What declares them; processors of other compilations read it there. */
  String DECLARER = "demo.Sums";
}
