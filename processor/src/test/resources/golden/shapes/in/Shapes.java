package demo;

import dev.poolwright.annotation.Async;

public final class Shapes {

  @Async
  public record Circle(double radius) {
    public double area() {
      return Math.PI * radius * radius;
    }
  }

  public enum Colour {
    RED {
      @Override
      public String hex() {
        return "f00";
      }
    };

    @Async
    public abstract String hex();
  }

  @FunctionalInterface
  public interface Brush {
    @Async
    byte[] paint(Colour colour);

    @Async
    default byte[] red() {
      return null;
    }
  }

  static class Canvas {
    static class Layer {
      @Async
      void merge(Layer other) {}
    }
  }
}
