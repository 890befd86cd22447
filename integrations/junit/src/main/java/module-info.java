/** Pools for unit tests. */
module dev.poolwright.junit {
  requires transitive dev.poolwright;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.assertj.core;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.poolwright.junit;
}
