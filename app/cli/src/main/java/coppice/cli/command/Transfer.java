package coppice.cli.command;

import coppice.api.Traffic;
import coppice.cli.render.Amounts;
import coppice.json.Json;

/// What moved between databases.
final class Transfer {
    private Transfer() {}

    /// How much it was, and how fast.
    static String words(Traffic traffic) {
        return Amounts.count(traffic.chunks(), "chunk") + ", " + Amounts.bytes(traffic.bytes()) + " at "
                + Amounts.bytes((long) traffic.bytesPerSecond()) + "/s";
    }

    /// How much it was, as JSON.
    static Json.Obj document(Traffic traffic) {
        return Json.object(
                "commits", traffic.commits(),
                "chunks", traffic.chunks(),
                "bytes", traffic.bytes(),
                "millis", traffic.nanos() / 1_000_000);
    }
}
