package dev.poolwright.index;

import javax.annotation.processing.Generated;

/** Says that {@code demo.base.Base} declares pools. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
interface demo_base_Base {
  /** What declares them; processors of other compilations read it there. */
  String DECLARER = "demo.base.Base";
}
