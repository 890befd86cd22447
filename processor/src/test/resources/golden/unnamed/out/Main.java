package dev.poolwright.index;

import javax.annotation.processing.Generated;

/** Says that {@code Main} declares pools. */
@Generated("dev.poolwright.processor.PoolCatalogueProcessor")
interface Main {
  /** What declares them; processors of other compilations read it there. */
  String DECLARER = "Main";
}
