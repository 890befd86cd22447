/**
 * What a user writes on methods, types and packages: which methods run on which pool, and what the
 * pools are like. Every annotation is read at compile time alone; anybody may use this package, and
 * it depends on nothing.
 */
package dev.poolwright.annotation;
