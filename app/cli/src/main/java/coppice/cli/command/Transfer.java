package coppice.cli.command;

import coppice.api.Traffic;
import coppice.cli.render.Amounts;

/// What moves between databases, for people: told once a second at most while it goes on, and at the end.
final class Transfer {
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final Shell shell;
    private long toldAt;

    Transfer(Shell shell) {
        this.shell = shell;
    }

    void moved(Traffic traffic) {
        if (shell.terminal().live() && traffic.nanos() - toldAt >= PAUSE_NANOS) {
            toldAt = traffic.nanos();
            shell.err()
                    .println(
                            "  " + traffic.commits() + " of " + traffic.commitsInAll() + " commits, " + words(traffic));
        }
    }

    /// How much it was, and how fast.
    static String words(Traffic traffic) {
        return Amounts.count(traffic.chunks(), "chunk") + ", " + Amounts.bytes(traffic.bytes()) + " at "
                + Amounts.bytes((long) traffic.bytesPerSecond()) + "/s";
    }
}
