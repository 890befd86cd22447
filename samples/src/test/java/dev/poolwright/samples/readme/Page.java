package dev.poolwright.samples.readme;

/**
 * A page.
 *
 * @param url where it was
 * @param body its text
 */
record Page(String url, String body) {}
