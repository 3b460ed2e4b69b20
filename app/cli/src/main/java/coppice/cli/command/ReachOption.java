package coppice.cli.command;

import coppice.api.structure.Reach;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of a command that follows edges: which, and how far.
final class ReachOption {
    private enum Way {
        out,
        in,
        both
    }

    @Option(names = "--label", paramLabel = "LABEL", description = "Edges of this label only; also several.")
    private List<String> labels = List.of();

    @Option(names = "--way", paramLabel = "WAY", description = "Which way edges are followed: out, in or both.")
    private Way way = Way.out;

    @Option(names = "--hops", paramLabel = "N", description = "Where several are followed: no more than so many.")
    private int hops = Integer.MAX_VALUE;

    /// Refuses what makes no sense.
    void check() {
        if (hops < 0) {
            throw Failure.usage("--hops is 0 or more");
        }
    }

    List<String> labels() {
        return labels;
    }

    Reach reach() {
        Reach reach = switch (way) {
            case out -> Reach.out();
            case in -> Reach.in();
            case both -> Reach.both();
        };
        for (String label : labels) {
            reach = reach.along(label);
        }
        return reach.within(hops);
    }
}
