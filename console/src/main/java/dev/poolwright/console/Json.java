package dev.poolwright.console;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON of one line that can also stand in a script element of HTML. Whoever calls it opens
 * and ends objects and arrays in pairs. Confined to one thread.
 */
final class Json {

  private final StringBuilder text = new StringBuilder();
  private boolean needsComma;

  @CanIgnoreReturnValue
  Json object() {
    return open('{');
  }

  @CanIgnoreReturnValue
  Json endObject() {
    return end('}');
  }

  @CanIgnoreReturnValue
  Json array() {
    return open('[');
  }

  @CanIgnoreReturnValue
  Json endArray() {
    return end(']');
  }

  @CanIgnoreReturnValue
  Json name(String name) {
    comma();
    quote(name);
    text.append(':');
    needsComma = false;
    return this;
  }

  @CanIgnoreReturnValue
  Json value(@Nullable String value) {
    comma();
    if (value == null) {
      text.append("null");
    } else {
      quote(value);
    }
    needsComma = true;
    return this;
  }

  @CanIgnoreReturnValue
  Json value(long value) {
    comma();
    text.append(value);
    needsComma = true;
    return this;
  }

  /** A fraction or a time; finite. */
  @CanIgnoreReturnValue
  Json value(double value) {
    comma();
    text.append(value);
    needsComma = true;
    return this;
  }

  @CanIgnoreReturnValue
  Json field(String name, @Nullable String value) {
    return name(name).value(value);
  }

  @CanIgnoreReturnValue
  Json field(String name, long value) {
    return name(name).value(value);
  }

  @CanIgnoreReturnValue
  Json field(String name, double value) {
    return name(name).value(value);
  }

  /** Milliseconds, with three digits behind the point. */
  static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  /** Microseconds, exact. */
  @CanIgnoreReturnValue
  Json micros(String name, long nanos) {
    name(name);
    long thousandths = Math.floorMod(nanos, 1000L);
    text.append(Math.floorDiv(nanos, 1000L)).append('.');
    text.append((char) ('0' + thousandths / 100));
    text.append((char) ('0' + thousandths / 10 % 10));
    text.append((char) ('0' + thousandths % 10));
    needsComma = true;
    return this;
  }

  /** Hands over what was written since the last time. */
  void moveTo(Writer writer) throws IOException {
    writer.append(text);
    text.setLength(0);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  @CanIgnoreReturnValue
  private Json open(char bracket) {
    comma();
    text.append(bracket);
    needsComma = false;
    return this;
  }

  @CanIgnoreReturnValue
  private Json end(char bracket) {
    text.append(bracket);
    needsComma = true;
    return this;
  }

  private void comma() {
    if (needsComma) {
      text.append(',');
    }
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            escape(c);
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private void escape(char c) {
    text.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      text.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }
}
