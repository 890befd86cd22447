/** A live page of pools, and pictures of a run. */
module dev.poolwright.console {
  requires transitive dev.poolwright;
  requires jdk.httpserver;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.poolwright.console;

  provides dev.poolwright.spi.Companion with
      dev.poolwright.console.PropertyConsole;
}
