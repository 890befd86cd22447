/**
 * The annotation processors: they read the annotations, check them, and write proxies and
 * catalogues. The compiler alone calls this package, through the services that it names.
 */
@NullMarked
package dev.poolwright.processor;

import org.jspecify.annotations.NullMarked;
