package dev.poolwright.processor.check;

import java.util.List;
import java.util.stream.Stream;

/**
 * Whether values of a declared type can cross to a worker JVM, and if not, which part of them.
 *
 * @param answer what is known at compile time
 * @param type the declared type, as users write it
 * @param hops the fields on the way to the offender; empty when the type itself says it all
 * @param reason why, as part of a sentence; empty when they can
 * @param remedy what to do, as a sentence without its full stop; empty when they can
 */
public record Travel(Ability answer, String type, List<Hop> hops, String reason, String remedy) {

  /** What is known at compile time, from best to worst. */
  public enum Ability {
    CAN,
    /** It is up to the value: the declared type says too little. */
    DEPENDS,
    CANNOT
  }

  /** A field or record component, as {@code Summary.owner: Thread}. */
  public record Hop(String owner, String field, String type) {}

  public Travel {
    hops = List.copyOf(hops);
  }

  static Travel can(String type) {
    return new Travel(Ability.CAN, type, List.of(), "", "");
  }

  static Travel depends(String type, String reason, String remedy) {
    return new Travel(Ability.DEPENDS, type, List.of(), reason, remedy);
  }

  static Travel cannot(String type, String reason, String remedy) {
    return new Travel(Ability.CANNOT, type, List.of(), reason, remedy);
  }

  public boolean isFree() {
    return answer == Ability.CAN;
  }

  public boolean isStuck() {
    return answer == Ability.CANNOT;
  }

  /** The worse of two; this one when they are equal. */
  Travel and(Travel other) {
    return other.answer.compareTo(answer) > 0 ? other : this;
  }

  /** The answer for a type that has this one's type as a field. */
  Travel through(Hop hop) {
    List<Hop> longer = Stream.concat(Stream.of(hop), hops.stream()).toList();
    return isFree() ? this : new Travel(answer, type, longer, reason, remedy);
  }

  /** The same answer, for another type that it comes from. */
  Travel of(String declared) {
    return new Travel(answer, declared, hops, reason, remedy);
  }

  /**
   * The path to the offender.
   *
   * @param place where the type stands, as {@code "result"} or {@code "parameter page"}
   * @return as {@code "result Summary.owner: Thread"}; {@code "result: List<Thread>"} when no field
   *     is on the way
   */
  String pathFrom(String place) {
    boolean isOwnField = !hops.isEmpty() && hops.get(0).owner().equals(type);
    var text = new StringBuilder(isOwnField ? place : place + ": " + type);
    for (Hop hop : hops) {
      boolean isNext = text.toString().endsWith(": " + hop.owner());
      text.append(isNext ? "." : " " + hop.owner() + ".");
      text.append(hop.field()).append(": ").append(hop.type());
    }
    return text.toString();
  }
}
