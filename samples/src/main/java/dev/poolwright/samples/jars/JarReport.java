package dev.poolwright.samples.jars;

import java.io.Serializable;

/**
 * What is in one jar.
 *
 * @param bytes length of the file
 * @param sha256 in hexadecimal
 * @param entries how many there are, directories included
 * @param classes how many class files
 * @param newestJava the highest Java release that a class file asks for; 0 without class files
 * @param largestClass name of the entry; empty without class files
 * @param largestBytes its length, unpacked
 * @param pid the process that looked
 */
record JarReport(
    long bytes,
    String sha256,
    int entries,
    int classes,
    int newestJava,
    String largestClass,
    int largestBytes,
    long pid)
    implements Serializable {}
