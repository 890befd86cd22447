package dev.poolwright.processor.check;

import javax.lang.model.element.Element;

/**
 * One type of a signature that crosses to a worker JVM or back.
 *
 * @param element where a message about it stands: a parameter, or the method
 * @param place as {@code "parameter page"}, {@code "result"} or {@code "exception"}
 * @param travel whether it can
 */
public record Crossing(Element element, String place, Travel travel) {

  /** As {@code "result Summary.owner: Thread"}. */
  public String path() {
    return travel.pathFrom(place);
  }
}
