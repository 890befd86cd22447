/** The code of {@code docs/dagger.md} and {@code docs/jakarta-inject.md}. */
package dev.poolwright.junit.injection;
