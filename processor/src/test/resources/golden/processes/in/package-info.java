@ThreadPool(name = "io", maxWorkers = 4)
@ThreadPool(name = "log", maxWorkers = 1, queueCapacity = 100)
package demo;

import dev.poolwright.annotation.ThreadPool;
