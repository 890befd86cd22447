package dev.poolwright.index;

import javax.annotation.processing.Generated;

/** Says that {@code demo.Maths} declares pools. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
interface demo_Maths {
  /** What declares them; processors of other compilations read it there. */
  String DECLARER = "demo.Maths";
}
