/** The annotations that declare pools, asynchronous methods and callbacks. */
@SuppressWarnings("module") // The modules that know more of it are built later.
module dev.poolwright.annotation {
  exports dev.poolwright.annotation;
  exports dev.poolwright.annotation.setting;
  exports dev.poolwright.annotation.wording to
      dev.poolwright,
      dev.poolwright.processor;
}
