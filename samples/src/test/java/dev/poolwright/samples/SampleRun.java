package dev.poolwright.samples;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.util.List;

/**
 * One run of a sample in this JVM.
 *
 * @param exitCode 0 when all went well
 * @param out what it printed
 * @param err what it complained about
 */
record SampleRun(int exitCode, String out, String err) {

  static SampleRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter complaints = new PrintWriter(err, true);
    int exitCode =
        Main.run(
            new BufferedReader(Reader.nullReader()),
            new PrintWriter(out, true),
            complaints,
            Progress.lines(complaints),
            args);
    return new SampleRun(exitCode, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
