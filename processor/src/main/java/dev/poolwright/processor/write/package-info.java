/** Writes proxies, catalogues and resources from the model. Called by the processors. */
@NullMarked
package dev.poolwright.processor.write;

import org.jspecify.annotations.NullMarked;
