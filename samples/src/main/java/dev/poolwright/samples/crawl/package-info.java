/** A web crawler: pages of one host, fetched at once by the workers of one pool. */
@NullMarked
package dev.poolwright.samples.crawl;

import org.jspecify.annotations.NullMarked;
