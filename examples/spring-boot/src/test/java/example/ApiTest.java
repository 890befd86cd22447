package example;

import static org.mockito.BDDMockito.given;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import dev.poolwright.Pools;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

/** A slice has no pools: it takes mocks of the proxies. */
@WebMvcTest
class ApiTest {

  @Autowired MockMvc mvc;
  @MockitoBean AsyncFeeds feeds;
  @MockitoBean AsyncPrimes primes;

  @Test
  void countsPrimes() throws Exception {
    given(primes.below(10))
        .willReturn(Pools.direct().pool("any").submit(() -> new Primes.Count(10, 4, 1)));

    var begun = mvc.perform(get("/primes").param("below", "10")).andReturn();

    mvc.perform(asyncDispatch(begun)).andExpect(jsonPath("$.primes").value(4));
  }
}
