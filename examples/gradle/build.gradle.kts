// Not built by .ci/examples, which has no Gradle. Take the sources of ../maven.
plugins {
  application
}

repositories {
  mavenLocal() // until there is a release
  mavenCentral()
}

java {
  toolchain { languageVersion = JavaLanguageVersion.of(17) }
}

sourceSets {
  main { java { srcDir("../maven/src/main/java") } }
  test { java { srcDir("../maven/src/test/java") } }
}

dependencies {
  val poolwright = platform("dev.poolwright:poolwright-bom:0.1.0-SNAPSHOT")
  implementation(poolwright)
  implementation("dev.poolwright:poolwright-runtime")
  annotationProcessor(poolwright)
  annotationProcessor("dev.poolwright:poolwright-processor")

  implementation("com.google.inject:guice:7.0.0") // only for GuiceMain
  implementation("com.google.guava:guava:33.8.0-jre")

  testImplementation("org.junit.jupiter:junit-jupiter:6.1.3")
  testRuntimeOnly("org.junit.platform:junit-platform-launcher:6.1.3")
}

tasks.compileJava {
  options.compilerArgs.add("-Xplugin:Poolwright")
}

tasks.test {
  useJUnitPlatform()
}

application {
  mainClass = "example.Main"
}
