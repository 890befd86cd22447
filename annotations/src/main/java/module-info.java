/** The annotations that declare pools, asynchronous methods and callbacks. */
module dev.poolwright.annotation {
  exports dev.poolwright.annotation;
  exports dev.poolwright.annotation.setting;
}
