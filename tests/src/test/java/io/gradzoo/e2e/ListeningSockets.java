package io.gradzoo.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP sockets on which a process and those it started listen, as Linux lists them. */
final class ListeningSockets {
  private static final String LISTENING = "0A";
  private static final Set<String> LOOPBACK =
      Set.of(
          "0100007F", // 127.0.0.1
          "0000000000000000FFFF00000100007F", // the same as an IPv6 address
          "00000000000000000000000001000000"); // ::1

  private ListeningSockets() {}

  /** Addresses with ports, in hexadecimal as in /proc/net/tcp. */
  static Set<String> of(ProcessHandle process) {
    Set<String> addresses = new TreeSet<>();
    Stream.concat(Stream.of(process), process.descendants())
        .forEach(p -> addresses.addAll(ofOne(Path.of("/proc/" + p.pid()))));
    return addresses;
  }

  static boolean reachableByOthers(String address) {
    return !LOOPBACK.contains(address.substring(0, address.indexOf(':')));
  }

  private static Set<String> ofOne(Path process) {
    Set<String> addresses = new HashSet<>();
    Set<String> sockets = sockets(process.resolve("fd"));
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : lines(process.resolve(table))) {
        String[] words = line.strip().split(" +", -1);
        if (words[3].equals(LISTENING) && sockets.contains("socket:[" + words[9] + "]")) {
          addresses.add(words[1]);
        }
      }
    }
    return addresses;
  }

  private static Set<String> sockets(Path descriptors) {
    Set<String> links = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      files.forEach(file -> links.add(target(file)));
    } catch (IOException | java.io.UncheckedIOException e) {
      // The process has ended.
    }
    return links;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) { // closed meanwhile
      return "";
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) { // the process has ended
      return List.of();
    }
  }
}
