import dev.poolwright.annotation.Async;

class Main {

  @Async(pool = "io", maxWorkers = 1)
  static String greet(String name) {
    return "Hello, " + name;
  }
}
