package dev.poolwright.samples.crawl;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A fetched page.
 *
 * @param address where it is
 * @param status of HTTP
 * @param title empty when it has none
 * @param links absolute, in page order, without fragments
 * @param bytes length of the body
 * @param took from request to parsed
 * @param worker name of the thread that did it
 */
record Page(
    URI address,
    int status,
    String title,
    List<URI> links,
    int bytes,
    Duration took,
    String worker) {}
