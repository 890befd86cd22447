/** What process pools promise besides the contract of every pool, seen through the public API. */
package dev.poolwright.processes;
