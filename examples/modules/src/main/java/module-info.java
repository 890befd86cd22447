module example.modules {
  requires dev.poolwright;

  // Without it the compiler says what to write here.
  provides dev.poolwright.spi.PoolCatalogue with
      example.modules.Main_PoolCatalogue;
}
