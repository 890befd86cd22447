package example;

import dev.poolwright.Tasks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The proxies are beans: take them as any other. */
@RestController
class Api {

  private final AsyncFeeds feeds;
  private final AsyncPrimes primes;

  Api(AsyncFeeds feeds, AsyncPrimes primes) {
    this.feeds = feeds;
    this.primes = primes;
  }

  /** All at once. A Task is a CompletableFuture, so no thread of the web server waits for it. */
  @GetMapping("/news")
  CompletableFuture<List<String>> news(@RequestParam List<String> of) {
    return Tasks.allOf(of.stream().map(feeds::load).toList());
  }

  @GetMapping("/primes")
  CompletableFuture<Primes.Count> primes(@RequestParam int below) {
    return primes.below(below);
  }
}
