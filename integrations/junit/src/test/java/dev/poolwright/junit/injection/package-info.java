/** The code of {@code docs/injection.md}. */
package dev.poolwright.junit.injection;
