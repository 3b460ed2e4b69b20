package coppice.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Measures Coppice and its peers on this machine.
public final class Main {
    private static final String USAGE = """
            usage: coppice bench [--short | --full] [OPTION VALUE]...
                   coppice bench --report RESULTS [--into DOCUMENT]

              --short               the main rows, small, against three peers; under two minutes (the default)
              --full                everything against everybody; over an hour, on a machine that does nothing else

              --peers A,B           coppice, rocksdb, lmdb, mvstore, xodus, sqlite, jgit, rawwal, h2, lucene,
                                    numpy, loop
              --workloads A,B       load, batch, put_1, put_8, put_8_virtual, read, scan, update, open, disk, heap,
                                    small_heap, commit, branch, merge, inspect, exchange, collect, check,
                                    index_write, index_build, index_small_heap, index_read, index_advance,
                                    index_switch, group, watch, dict, queue, wake, waiters, list, blob,
                                    text, find, near, narrow, graph, search_versions
              --records N           rows in the stores
              --many-records N      rows in the large stores, 0 for none
              --rounds N            how often everything is repeated
              --rare-rounds N       in how many of these the slow workloads take part
              --budget SECONDS      begin no round that would end later
              --seconds S           how long timed loops run
              --idle S              how long a store may tidy up before its size is taken
              --quiet S             how long to wait for a quiet machine before each timed part
              --directory DIR       where the stores are put: this is the disk that is measured
              --results FILE        where the samples are written, as JSON lines

              --report RESULTS      show the tables of an earlier run
              --into DOCUMENT       put them between the marks of a Markdown document
            """;

    private Main() {}

    /// Measures, or reports what was measured.
    ///
    /// @param words as the usage says
    public static void main(String[] words) throws IOException, InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            if (words.length > 0 && words[0].equals("--report")) {
                report(words, out);
            } else if (words.length > 0 && (words[0].equals("--help") || words[0].equals("help"))) {
                out.print(USAGE);
            } else {
                measure(words, out);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("coppice bench: " + e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    private static void measure(String[] words, PrintStream out) throws IOException, InterruptedException {
        boolean named = words.length > 0 && (words[0].equals("--short") || words[0].equals("--full"));
        Plan plan = named && words[0].equals("--full") ? Plan.full() : Plan.brief();
        for (int i = named ? 1 : 0; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException(words[i] + " needs a value");
            }
            plan = plan.with(words[i], words[i + 1]);
        }
        print(new Report(new Runs(plan, out).run()), out);
        out.println("Samples: " + plan.results());
    }

    private static void report(String[] words, PrintStream out) throws IOException {
        if (words.length != 2 && !(words.length == 4 && words[2].equals("--into"))) {
            throw new IllegalArgumentException("--report needs a file of results, and --into a document");
        }
        var report = new Report(Results.read(Path.of(words[1])));
        if (words.length == 4) {
            report.fill(Path.of(words[3]));
        } else {
            print(report, out);
        }
    }

    private static void print(Report report, PrintStream out) {
        out.println();
        out.println(report.goals());
        out.println(report.values());
        out.print(report.remarks());
    }
}
