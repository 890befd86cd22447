/**
 * What pools of every kind promise, as abstract test classes, and each kind that keeps it. A new
 * kind of pool adds one class, which nests a subclass of each contract.
 */
package dev.poolwright.contract;
