/**
 * Poolwright for Spring Boot: {@link dev.poolwright.spring.PoolwrightAutoConfiguration} makes the
 * beans, {@link dev.poolwright.spring.PoolsCustomizer} is for applications; the rest is called by
 * Spring alone.
 */
@NullMarked
package dev.poolwright.spring;

import org.jspecify.annotations.NullMarked;
