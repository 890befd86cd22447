/** Ends of whole programs: each test starts a JVM. */
package dev.poolwright.exit;
