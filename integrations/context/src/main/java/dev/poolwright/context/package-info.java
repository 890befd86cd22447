/**
 * Carriers of context for libraries that many applications have. Each is found by the service
 * loader, and does nothing where its library is not on the class path.
 */
@NullMarked
package dev.poolwright.context;

import org.jspecify.annotations.NullMarked;
